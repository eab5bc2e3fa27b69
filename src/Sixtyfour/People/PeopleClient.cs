using Sixtyfour.Leads;

namespace Sixtyfour.People;

internal sealed class PeopleClient(PersonResearch research) : IPeopleClient
{
    public Task<Enrichment> ResearchAsync(LeadInfo lead, EnrichmentStruct fields, EnrichmentOptions? options = null, CancellationToken cancellationToken = default) =>
        research.CallAsync(lead, fields, options, cancellationToken);

    public Task<Enrichment<T>> ResearchAsync<T>(LeadInfo lead, EnrichmentOptions? options = null, CancellationToken cancellationToken = default) =>
        research.CallAsync<T>(lead, options, cancellationToken);

    public Task<Job<Enrichment>> StartAsync(LeadInfo lead, EnrichmentStruct fields, EnrichmentOptions? options = null, CancellationToken cancellationToken = default) =>
        research.StartAsync(lead, fields, options, cancellationToken);

    public Task<Job<Enrichment<T>>> StartAsync<T>(LeadInfo lead, EnrichmentOptions? options = null, CancellationToken cancellationToken = default) =>
        research.StartAsync<T>(lead, options, cancellationToken);

    public IAsyncEnumerable<Outcome<TInput, Enrichment>> ResearchManyAsync<TInput>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichmentStruct fields, EnrichManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default) => research.RunManyAsync(inputs, lead, fields, options, cancellationToken);

    public IAsyncEnumerable<Outcome<TInput, Enrichment<T>>> ResearchManyAsync<TInput, T>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichManyOptions<TInput>? options = null, CancellationToken cancellationToken = default) =>
        research.RunManyAsync<TInput, T>(inputs, lead, options, cancellationToken);

    public Job<Enrichment> GetJob(string jobId) => research.GetJob(jobId);

    public Job<Enrichment<T>> GetJob<T>(string jobId) => research.GetJob<T>(jobId);
}
