using Sixtyfour.Fields.Reading;
using Sixtyfour.Jobs;
using Sixtyfour.Json;
using Sixtyfour.Research;

namespace Sixtyfour.Leads;

/// <summary>The one request behind both names of it: <c>/enrich-lead</c> and <c>/people-intelligence</c>.</summary>
internal sealed partial class PersonResearch(ResearchEndpoint endpoint, JsonContracts contracts)
{
    // Whoever resumes a job does not say at which tier it was started.
    private static readonly string Resumed = JobKind.Person(null);

    public async Task<Enrichment> CallAsync(LeadInfo lead, EnrichmentStruct fields, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        var asked = ResearchRequestJson.Asked(fields, options);
        return await endpoint.CallAsync(
            webhookUrl => PersonRequestJson.Write(lead, asked, options, webhookUrl), options, Reading(asked), cancellationToken).ConfigureAwait(false);
    }

    public async Task<Enrichment<T>> CallAsync<T>(LeadInfo lead, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        var (asked, read) = Typed<T>(options);
        return await endpoint.CallAsync(
            webhookUrl => PersonRequestJson.Write(lead, asked, options, webhookUrl), options, read, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Job<Enrichment>> StartAsync(LeadInfo lead, EnrichmentStruct fields, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        var asked = ResearchRequestJson.Asked(fields, options);
        return await endpoint.StartAsync(
            webhookUrl => PersonRequestJson.Write(lead, asked, options, webhookUrl), options, JobKind.Person(options?.Tier), Reading(asked), cancellationToken).ConfigureAwait(false);
    }

    public async Task<Job<Enrichment<T>>> StartAsync<T>(LeadInfo lead, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        var (asked, read) = Typed<T>(options);
        return await endpoint.StartAsync(
            webhookUrl => PersonRequestJson.Write(lead, asked, options, webhookUrl), options, JobKind.Person(options?.Tier), read, cancellationToken).ConfigureAwait(false);
    }

    public Job<Enrichment> GetJob(string jobId) => endpoint.GetJob(jobId, Resumed, Reading(asked: null));

    public Job<Enrichment<T>> GetJob<T>(string jobId)
    {
        var typeInfo = contracts.For<T>();
        return endpoint.GetJob(jobId, Resumed, (answer, chargeCents, id) => EnrichmentReader.Read(answer, typeInfo, asked: null, chargeCents, id, contracts));
    }

    private ReadResearch<Enrichment> Reading(EnrichmentStruct? asked) =>
        (answer, chargeCents, jobId) => EnrichmentReader.Read(answer, asked, chargeCents, jobId, contracts);

    private (EnrichmentStruct Asked, ReadResearch<Enrichment<T>> Read) Typed<T>(EnrichmentOptions? options)
    {
        var typeInfo = contracts.For<T>(options?.TypeInfo);
        var asked = options?.Fields?.Copy() ?? EnrichmentStruct.For(typeInfo);
        return (asked, (answer, chargeCents, jobId) => EnrichmentReader.Read(answer, typeInfo, asked, chargeCents, jobId, contracts));
    }
}
