using System.Net;
using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Many;

namespace Sixtyfour.Leads;

internal sealed partial class PersonResearch
{
    // The vendor names one price: people at tier low, which is also what no tier means.
    private const decimal DocumentedCents = 10;

    public IAsyncEnumerable<Outcome<TInput, Enrichment>> RunManyAsync<TInput>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichmentStruct fields, EnrichManyOptions<TInput>? options, CancellationToken cancellationToken)
    {
        var asked = Asked(fields, options);
        return Run(inputs, lead, asked, options, (result, end) => EnrichmentReader.Read(result, asked, end.ChargeCents, end.JobId, contracts), cancellationToken);
    }

    public IAsyncEnumerable<Outcome<TInput, Enrichment<T>>> RunManyAsync<TInput, T>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichManyOptions<TInput>? options, CancellationToken cancellationToken)
    {
        var typeInfo = contracts.For<T>(options?.TypeInfo);
        var asked = options?.Fields?.Copy() ?? EnrichmentStruct.For(typeInfo);
        return Run(inputs, lead, asked, options, (result, end) => EnrichmentReader.Read(result, typeInfo, asked, end.ChargeCents, end.JobId, contracts), cancellationToken);
    }

    private SingleUse<Outcome<TInput, TResult>> Run<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichmentStruct asked, EnrichManyOptions<TInput>? options, Func<JsonElement, JobSnapshot, TResult> read,
        CancellationToken cancellationToken)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(lead);
        var settings = ManySettings<TInput>.Read(options);
        var each = options?.Copy();
        RequestMessage.Check(each);
        var work = new ManyWork<TInput, TResult>
        {
            Route = $"{route}-async",
            Kind = JobKind.Person(each?.Tier),
            DocumentedCents = each?.Tier is null or { Value.Length: 0 } || each.Tier == Tier.Low ? DocumentedCents : null,
            Write = input => WriteStart(lead(input), asked, each),
            StartAsync = (body, turn, token) => JobStarts.SendAsync(transport, $"{route}-async", body, each, token, turn),
            Read = end => JobResults.Read(end, read),
        };
        return new(token => new ManyRun<TInput, TResult>(work, settings, poller).RunAsync(inputs, token), cancellationToken);
    }

    private ReadOnlyMemory<byte> WriteStart(LeadInfo lead, EnrichmentStruct asked, EnrichmentOptions? options)
    {
        // One empty row among thousands is that row's business, not a reason to stop.
        if (lead is { IsEmpty: true })
        {
            throw new InvalidRequestException((HttpStatusCode)422, "Nothing is known of the person, so nothing was sent: set at least one member that is not blank.");
        }

        return PersonRequestJson.Write(lead, asked, options, options?.WebhookUrl ?? webhookUrl);
    }
}
