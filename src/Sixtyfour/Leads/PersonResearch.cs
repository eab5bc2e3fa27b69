using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Leads;

/// <summary>The one request behind both names of it: <c>/enrich-lead</c> and <c>/people-intelligence</c>.</summary>
internal sealed partial class PersonResearch(string route, Transport transport, JobPoller poller, JsonContracts contracts, Uri? webhookUrl)
{
    public async Task<Enrichment> CallAsync(LeadInfo lead, EnrichmentStruct fields, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        var asked = Asked(fields, options);
        var answer = await SendAsync(lead, asked, options, cancellationToken).ConfigureAwait(false);
        return Charges.Count(EnrichmentReader.Read(answer, asked, contracts: contracts), route);
    }

    public async Task<Enrichment<T>> CallAsync<T>(LeadInfo lead, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        var typeInfo = contracts.For<T>(options?.TypeInfo);
        var asked = options?.Fields?.Copy() ?? EnrichmentStruct.For(typeInfo);
        var answer = await SendAsync(lead, asked, options, cancellationToken).ConfigureAwait(false);
        return Charges.Count(EnrichmentReader.Read(answer, typeInfo, asked, contracts: contracts), route);
    }

    public async Task<Job<Enrichment>> StartAsync(LeadInfo lead, EnrichmentStruct fields, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        var asked = Asked(fields, options);
        return Handle(await SendStartAsync(lead, asked, options, cancellationToken).ConfigureAwait(false), Started(options), asked);
    }

    public async Task<Job<Enrichment<T>>> StartAsync<T>(LeadInfo lead, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        var typeInfo = contracts.For<T>(options?.TypeInfo);
        var asked = options?.Fields?.Copy() ?? EnrichmentStruct.For(typeInfo);
        var id = await SendStartAsync(lead, asked, options, cancellationToken).ConfigureAwait(false);
        return Handle(id, Started(options), typeInfo, asked);
    }

    public Job<Enrichment> GetJob(string jobId) => Handle(jobId, Resumed, asked: null);

    public Job<Enrichment<T>> GetJob<T>(string jobId) => Handle(jobId, Resumed, contracts.For<T>(), asked: null);

    // Whoever resumes a job does not say at which tier it was started.
    private JobsOfKind Resumed => new(poller, JobKind.Person(null));

    private JobsOfKind Started(EnrichmentOptions? options) => new(poller, JobKind.Person(options?.Tier), poller.Clock.GetTimestamp());

    private Job<Enrichment> Handle(string jobId, JobsOfKind jobs, EnrichmentStruct? asked) =>
        new(jobId, jobs, snapshot => JobResults.Read(snapshot, (result, end) => EnrichmentReader.Read(result, asked, end.ChargeCents, end.JobId, contracts)));

    private Job<Enrichment<T>> Handle<T>(string jobId, JobsOfKind jobs, JsonTypeInfo<T> typeInfo, EnrichmentStruct? asked) =>
        new(jobId, jobs, snapshot => JobResults.Read(snapshot, (result, end) => EnrichmentReader.Read(result, typeInfo, asked, end.ChargeCents, end.JobId, contracts)));

    private static EnrichmentStruct Asked(EnrichmentStruct fields, EnrichmentOptions? options)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return options?.Fields is null
            ? fields.Copy()
            : throw new ArgumentException($"{nameof(EnrichmentOptions.Fields)} is for typed calls: this call names its fields already.", nameof(options));
    }

    private async Task<JsonElement> SendAsync(LeadInfo lead, EnrichmentStruct asked, EnrichmentOptions? options, CancellationToken cancellationToken)
    {
        if (options?.WebhookUrl is not null)
        {
            throw new ArgumentException($"{nameof(EnrichmentOptions.WebhookUrl)} is for jobs: a synchronous call brings its answer itself.", nameof(options));
        }

        var request = new ApiRequest<JsonElement>(HttpMethod.Post, route, ApiJson.Default.JsonElement)
        {
            Route = route,
            Body = PersonRequestJson.Write(lead, asked, options, webhookUrl: null),
            IsRepeatable = false,
            Time = TimeClass.Agent,
            Options = options,
        };
        return (await transport.SendAsync(request, cancellationToken).ConfigureAwait(false)).Value;
    }

    private Task<string> SendStartAsync(LeadInfo lead, EnrichmentStruct asked, EnrichmentOptions? options, CancellationToken cancellationToken) =>
        JobStarts.SendAsync(transport, $"{route}-async", PersonRequestJson.Write(lead, asked, options, options?.WebhookUrl ?? webhookUrl), options, cancellationToken);
}
