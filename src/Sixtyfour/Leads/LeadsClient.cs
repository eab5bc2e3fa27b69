using Sixtyfour.Fields;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;
using Sixtyfour.Research;

namespace Sixtyfour.Leads;

/// <summary>The research of persons, at either of its two addresses.</summary>
internal sealed class LeadsClient(ResearchEndpoint endpoint, JsonContracts contracts) : IPeopleClient
{
    private static readonly HashSet<string> Members = new(["lead_info", .. ResearchRequestJson.Members], StringComparer.Ordinal);

    // The tier of a resumed job is not known.
    private static readonly string Resumed = JobKind.Person(default);

    // Calls and starts are asynchronous from their first line, so that invalid input fails the task and is never thrown synchronously.
    public async Task<Enrichment> EnrichAsync(
        LeadInfo lead, EnrichmentStruct fields, LeadOptions? options = null, CancellationToken cancellationToken = default) =>
        await CallAsync(lead, Untyped(fields), options, cancellationToken).ConfigureAwait(false);

    public async Task<Enrichment<T>> EnrichAsync<T>(LeadInfo lead, LeadOptions? options = null, CancellationToken cancellationToken = default) =>
        await CallAsync(lead, Typed(EnrichmentStruct<T>.In(options?.TypedFields)), options, cancellationToken).ConfigureAwait(false);

    public async Task<Job<Enrichment>> StartAsync(
        LeadInfo lead, EnrichmentStruct fields, LeadStartOptions? options = null, CancellationToken cancellationToken = default) =>
        await StartAsync(lead, Untyped(fields), options, cancellationToken).ConfigureAwait(false);

    public async Task<Job<Enrichment<T>>> StartAsync<T>(LeadInfo lead, LeadStartOptions? options = null, CancellationToken cancellationToken = default) =>
        await StartAsync(lead, Typed(EnrichmentStruct<T>.In(options?.TypedFields)), options, cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<ManyOutcome<TInput, Enrichment>> EnrichManyAsync<TInput>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, EnrichmentStruct fields, ManyOptions<TInput, LeadOptions>? options = null,
        CancellationToken cancellationToken = default) => RunMany(inputs, selector, Untyped(fields), options, cancellationToken);

    public IAsyncEnumerable<ManyOutcome<TInput, Enrichment<T>>> EnrichManyAsync<TInput, T>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, EnrichmentStruct<T> fields, ManyOptions<TInput, LeadOptions>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return RunMany(inputs, selector, Typed(fields), options, cancellationToken);
    }

    public Job<Enrichment> GetJob(string jobId) => endpoint.GetJob(jobId, Resumed, Reading(asked: null));

    public Job<Enrichment<T>> GetJob<T>(string jobId, EnrichmentStruct<T>? fields = null)
    {
        var contract = contracts.For<T>(fields?.TypeInfo);
        var asked = fields?.Asked(contract);
        return endpoint.GetJob(jobId, Resumed, (answer, chargeCents, id) => EnrichmentReader.Read(answer, contract, asked, chargeCents, id, contracts));
    }

    private Question<Enrichment> Untyped(EnrichmentStruct fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var asked = fields.Copy();
        return new(asked, Reading(asked));
    }

    private Question<Enrichment<T>> Typed<T>(EnrichmentStruct<T> fields)
    {
        var contract = fields.Contract(contracts);
        var asked = fields.Asked(contract);
        return new(asked, (answer, chargeCents, jobId) => EnrichmentReader.Read(answer, contract, asked, chargeCents, jobId, contracts));
    }

    private ReadResearch<Enrichment> Reading(EnrichmentStruct? asked) =>
        (answer, chargeCents, jobId) => EnrichmentReader.Read(answer, asked, chargeCents, jobId, contracts);

    private Task<TResult> CallAsync<TResult>(LeadInfo lead, Question<TResult> question, LeadOptions? options, CancellationToken cancellationToken)
        where TResult : Enrichment =>
        endpoint.CallAsync(Write(lead, question.Fields, options, webhookUrl: null), options, question.Read, cancellationToken);

    private Task<Job<TResult>> StartAsync<TResult>(LeadInfo lead, Question<TResult> question, LeadStartOptions? options, CancellationToken cancellationToken)
        where TResult : Enrichment =>
        endpoint.StartAsync(
            Write(lead, question.Fields, options, endpoint.WebhookUrl(options?.WebhookUrl)),
            options,
            JobKind.Person(options?.Tier ?? default),
            question.Read,
            cancellationToken);

    private IAsyncEnumerable<ManyOutcome<TInput, TResult>> RunMany<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, Question<TResult> question, ManyOptions<TInput, LeadOptions>? options,
        CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        ArgumentNullException.ThrowIfNull(selector);
        var settings = ManySettings<TInput>.Read(options, out var each);
        var webhookUrl = endpoint.WebhookUrl(settings.WebhookUrl);
        var work = new ManyWork<TInput, TResult>
        {
            Each = each,
            Kind = JobKind.Person(each.Tier),
            DocumentedCents = DocumentedPrices.OfPerson(each.Tier),
            Write = input => selector(input) is var lead && lead is { IsEmpty: true }
                ? new(default, ResearchRequestJson.EmptyRow("person"))
                : new(Write(lead, question.Fields, each, webhookUrl)),
            Read = question.Read,
        };
        return endpoint.RunMany(inputs, settings, work, cancellationToken);
    }

    private static ReadOnlyMemory<byte> Write(LeadInfo lead, EnrichmentStruct fields, LeadOptions? options, Uri? webhookUrl)
    {
        ArgumentNullException.ThrowIfNull(lead);
        if (lead.IsEmpty)
        {
            throw new ArgumentException("The person has no member that is not blank: set at least one.", nameof(lead));
        }

        ResearchRequestJson.Check(fields);
        return RequestJson.Write(
            (lead, fields, options, webhookUrl),
            static (writer, request) =>
            {
                writer.WritePropertyName("lead_info");
                request.lead.WriteTo(writer);
                ResearchRequestJson.Write(writer, request.fields, request.options, request.webhookUrl);
            },
            Members,
            options);
    }

    private sealed record Question<TResult>(EnrichmentStruct Fields, ReadResearch<TResult> Read)
        where TResult : Enrichment;
}
