using Sixtyfour.Jobs;
using Sixtyfour.Research;

namespace Sixtyfour.Companies;

/// <summary>Sends questions about companies, however they are typed.</summary>
internal sealed class CompanyResearch(ResearchEndpoint endpoint)
{
    // Whoever resumes a job does not say at which tier it was started.
    private static readonly string Resumed = JobKind.Company(null);

    public Task<TResult> CallAsync<TResult>(CompanyInfo company, CompanyQuestion<TResult> question, CompanyOptions? options, CancellationToken cancellationToken)
        where TResult : Enrichment =>
        endpoint.CallAsync(webhookUrl => CompanyRequestJson.Write(company, question, options, webhookUrl), options, question.Read, cancellationToken);

    public Task<Job<TResult>> StartAsync<TResult>(CompanyInfo company, CompanyQuestion<TResult> question, CompanyOptions? options, CancellationToken cancellationToken)
        where TResult : Enrichment =>
        endpoint.StartAsync(
            webhookUrl => CompanyRequestJson.Write(company, question, options, webhookUrl), options, JobKind.Company(options?.Tier), question.Read, cancellationToken);

    public IAsyncEnumerable<Outcome<TInput, TResult>> RunManyAsync<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> company, CompanyManyOptions<TInput>? options, Func<CompanyOptions?, CompanyQuestion<TResult>> ask,
        CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        ArgumentNullException.ThrowIfNull(company);
        var each = options?.Each();
        var question = ask(each);
        var starts = new ResearchStarts<TInput>
        {
            Options = each,
            Kind = JobKind.Company(each?.Tier),
            DocumentedCents = null,
            Write = (input, webhookUrl) => Write(company(input), question, each, webhookUrl),
        };
        return endpoint.RunMany(inputs, options, starts, question.Read, cancellationToken);
    }

    public Job<TResult> GetJob<TResult>(string jobId, ReadResearch<TResult> read)
        where TResult : Enrichment => endpoint.GetJob(jobId, Resumed, read);

    private static ReadOnlyMemory<byte> Write<TResult>(CompanyInfo company, CompanyQuestion<TResult> question, CompanyOptions? options, Uri? webhookUrl)
        where TResult : Enrichment =>
        company is { IsEmpty: true } ? throw ResearchRequestJson.EmptyRow("company") : CompanyRequestJson.Write(company, question, options, webhookUrl);
}
