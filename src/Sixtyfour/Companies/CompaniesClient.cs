using Sixtyfour.Jobs;
using Sixtyfour.Json;
using Sixtyfour.Research;

namespace Sixtyfour.Companies;

internal sealed class CompaniesClient(ResearchEndpoint endpoint, JsonContracts contracts) : ICompaniesClient
{
    // The tier of a resumed job is not known.
    private static readonly string Resumed = JobKind.Company(default);

    private readonly CompanyQuestions _questions = new(contracts);

    // Calls and starts are asynchronous from their first line, so that invalid input fails the task and is never thrown synchronously.
    public async Task<CompanyEnrichment> EnrichAsync(
        CompanyInfo company, EnrichmentStruct fields, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await CallAsync(company, _questions.Untyped(fields, options), options, cancellationToken).ConfigureAwait(false);

    public async Task<CompanyEnrichment<T>> EnrichAsync<T>(
        CompanyInfo company, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await CallAsync(company, Typed<T>(options), options, cancellationToken).ConfigureAwait(false);

    public async Task<CompanyEnrichment<T, TPerson>> EnrichAsync<T, TPerson>(
        CompanyInfo company, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await CallAsync(company, Typed<T, TPerson>(options), options, cancellationToken).ConfigureAwait(false);

    public async Task<Job<CompanyEnrichment>> StartAsync(
        CompanyInfo company, EnrichmentStruct fields, CompanyStartOptions? options = null, CancellationToken cancellationToken = default) =>
        await StartAsync(company, _questions.Untyped(fields, options), options, cancellationToken).ConfigureAwait(false);

    public async Task<Job<CompanyEnrichment<T>>> StartAsync<T>(
        CompanyInfo company, CompanyStartOptions? options = null, CancellationToken cancellationToken = default) =>
        await StartAsync(company, Typed<T>(options), options, cancellationToken).ConfigureAwait(false);

    public async Task<Job<CompanyEnrichment<T, TPerson>>> StartAsync<T, TPerson>(
        CompanyInfo company, CompanyStartOptions? options = null, CancellationToken cancellationToken = default) =>
        await StartAsync(company, Typed<T, TPerson>(options), options, cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment>> EnrichManyAsync<TInput>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct fields, ManyOptions<TInput, CompanyOptions>? options = null,
        CancellationToken cancellationToken = default) => RunMany(inputs, selector, each => _questions.Untyped(fields, each), options, cancellationToken);

    public IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment<T>>> EnrichManyAsync<TInput, T>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct<T> fields, ManyOptions<TInput, CompanyOptions>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return RunMany(inputs, selector, each => _questions.Typed(fields, each), options, cancellationToken);
    }

    public IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment<T, TPerson>>> EnrichManyAsync<TInput, T, TPerson>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct<T> fields, EnrichmentStruct<TPerson> personFields,
        ManyOptions<TInput, CompanyOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(personFields);
        return RunMany(inputs, selector, each => _questions.Typed(fields, personFields, each), options, cancellationToken);
    }

    public Job<CompanyEnrichment> GetJob(string jobId) => endpoint.GetJob(jobId, Resumed, _questions.Resumed());

    public Job<CompanyEnrichment<T>> GetJob<T>(string jobId, EnrichmentStruct<T>? fields = null) => endpoint.GetJob(jobId, Resumed, _questions.Resumed(fields));

    public Job<CompanyEnrichment<T, TPerson>> GetJob<T, TPerson>(
        string jobId, EnrichmentStruct<T>? fields = null, EnrichmentStruct<TPerson>? personFields = null) =>
        endpoint.GetJob(jobId, Resumed, _questions.Resumed(fields, personFields));

    private CompanyQuestion<CompanyEnrichment<T>> Typed<T>(CompanyOptions? options) =>
        _questions.Typed(EnrichmentStruct<T>.In(options?.TypedFields), options);

    private CompanyQuestion<CompanyEnrichment<T, TPerson>> Typed<T, TPerson>(CompanyOptions? options) =>
        _questions.Typed(
            EnrichmentStruct<T>.In(options?.TypedFields),
            options?.TypedPersonFields is { } given ? EnrichmentStruct<TPerson>.In(given) : null,
            options);

    private Task<TResult> CallAsync<TResult>(
        CompanyInfo company, CompanyQuestion<TResult> question, CompanyOptions? options, CancellationToken cancellationToken)
        where TResult : Enrichment =>
        endpoint.CallAsync(question.Write(company, options, webhookUrl: null), options, question.Read, cancellationToken);

    private Task<Job<TResult>> StartAsync<TResult>(
        CompanyInfo company, CompanyQuestion<TResult> question, CompanyStartOptions? options, CancellationToken cancellationToken)
        where TResult : Enrichment =>
        endpoint.StartAsync(
            question.Write(company, options, endpoint.WebhookUrl(options?.WebhookUrl)),
            options,
            JobKind.Company(options?.Tier ?? default),
            question.Read,
            cancellationToken);

    private IAsyncEnumerable<ManyOutcome<TInput, TResult>> RunMany<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, Func<CompanyOptions, CompanyQuestion<TResult>> ask,
        ManyOptions<TInput, CompanyOptions>? options, CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        ArgumentNullException.ThrowIfNull(selector);
        var settings = ManySettings<TInput>.Read(options, out var each);
        var question = ask(each);
        var webhookUrl = endpoint.WebhookUrl(settings.WebhookUrl);
        var work = new ManyWork<TInput, TResult>
        {
            Each = each,
            Kind = JobKind.Company(each.Tier),
            DocumentedCents = DocumentedPrices.OfCompany,
            Write = input => selector(input) is var company && company is { IsEmpty: true }
                ? new(default, ResearchRequestJson.EmptyRow("company"))
                : new(question.Write(company, each, webhookUrl)),
            Read = question.Read,
        };
        return endpoint.RunMany(inputs, settings, work, cancellationToken);
    }
}
