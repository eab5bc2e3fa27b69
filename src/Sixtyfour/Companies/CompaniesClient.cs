using Sixtyfour.Json;
using Sixtyfour.Research;

namespace Sixtyfour.Companies;

internal sealed class CompaniesClient(ResearchEndpoint endpoint, JsonContracts contracts) : ICompaniesClient
{
    private readonly CompanyResearch _research = new(endpoint);
    private readonly CompanyQuestions _questions = new(contracts);

    // Each is asynchronous from its first line, so that what cannot be sent fails the task and is not thrown beside it.
    public async Task<CompanyEnrichment> ResearchAsync(
        CompanyInfo company, EnrichmentStruct fields, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await _research.CallAsync(company, _questions.Untyped(fields, options), options, cancellationToken).ConfigureAwait(false);

    public async Task<CompanyEnrichment<T>> ResearchAsync<T>(CompanyInfo company, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await _research.CallAsync(company, _questions.Typed<T>(options), options, cancellationToken).ConfigureAwait(false);

    public async Task<CompanyEnrichment<T, TPerson>> ResearchAsync<T, TPerson>(
        CompanyInfo company, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await _research.CallAsync(company, _questions.Typed<T, TPerson>(options), options, cancellationToken).ConfigureAwait(false);

    public async Task<Job<CompanyEnrichment>> StartAsync(
        CompanyInfo company, EnrichmentStruct fields, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await _research.StartAsync(company, _questions.Untyped(fields, options), options, cancellationToken).ConfigureAwait(false);

    public async Task<Job<CompanyEnrichment<T>>> StartAsync<T>(CompanyInfo company, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await _research.StartAsync(company, _questions.Typed<T>(options), options, cancellationToken).ConfigureAwait(false);

    public async Task<Job<CompanyEnrichment<T, TPerson>>> StartAsync<T, TPerson>(
        CompanyInfo company, CompanyOptions? options = null, CancellationToken cancellationToken = default) =>
        await _research.StartAsync(company, _questions.Typed<T, TPerson>(options), options, cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<Outcome<TInput, CompanyEnrichment>> ResearchManyAsync<TInput>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> company, EnrichmentStruct fields, CompanyManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default) => _research.RunManyAsync(inputs, company, options, each => _questions.Untyped(fields, each), cancellationToken);

    public IAsyncEnumerable<Outcome<TInput, CompanyEnrichment<T>>> ResearchManyAsync<TInput, T>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> company, CompanyManyOptions<TInput>? options = null, CancellationToken cancellationToken = default) =>
        _research.RunManyAsync(inputs, company, options, _questions.Typed<T>, cancellationToken);

    public IAsyncEnumerable<Outcome<TInput, CompanyEnrichment<T, TPerson>>> ResearchManyAsync<TInput, T, TPerson>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> company, CompanyManyOptions<TInput>? options = null, CancellationToken cancellationToken = default) =>
        _research.RunManyAsync(inputs, company, options, _questions.Typed<T, TPerson>, cancellationToken);

    public Job<CompanyEnrichment> GetJob(string jobId) => _research.GetJob(jobId, _questions.Resumed());

    public Job<CompanyEnrichment<T>> GetJob<T>(string jobId) => _research.GetJob(jobId, _questions.Resumed<T>());

    public Job<CompanyEnrichment<T, TPerson>> GetJob<T, TPerson>(string jobId) => _research.GetJob(jobId, _questions.Resumed<T, TPerson>());
}
