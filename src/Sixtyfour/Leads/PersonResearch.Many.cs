using Sixtyfour.Jobs;
using Sixtyfour.Research;

namespace Sixtyfour.Leads;

internal sealed partial class PersonResearch
{
    // The vendor names one price: people at tier low, which is also what no tier means.
    private const decimal DocumentedCents = 10;

    public IAsyncEnumerable<Outcome<TInput, Enrichment>> RunManyAsync<TInput>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichmentStruct fields, EnrichManyOptions<TInput>? options, CancellationToken cancellationToken)
    {
        var asked = ResearchRequestJson.Asked(fields, options);
        return endpoint.RunMany(inputs, options, Starts(lead, asked, options), Reading(asked), cancellationToken);
    }

    public IAsyncEnumerable<Outcome<TInput, Enrichment<T>>> RunManyAsync<TInput, T>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichManyOptions<TInput>? options, CancellationToken cancellationToken)
    {
        var (asked, read) = Typed<T>(options);
        return endpoint.RunMany(inputs, options, Starts(lead, asked, options), read, cancellationToken);
    }

    private static ResearchStarts<TInput> Starts<TInput>(Func<TInput, LeadInfo> lead, EnrichmentStruct asked, EnrichManyOptions<TInput>? options)
    {
        ArgumentNullException.ThrowIfNull(lead);
        var each = options?.Copy();
        return new()
        {
            Options = each,
            Kind = JobKind.Person(each?.Tier),
            DocumentedCents = each?.Tier is null or { Value.Length: 0 } || each.Tier == Tier.Low ? DocumentedCents : null,
            Write = (input, webhookUrl) => Write(lead(input), asked, each, webhookUrl),
        };
    }

    private static ReadOnlyMemory<byte> Write(LeadInfo lead, EnrichmentStruct asked, EnrichmentOptions? options, Uri? webhookUrl) =>
        lead is { IsEmpty: true } ? throw ResearchRequestJson.EmptyRow("person") : PersonRequestJson.Write(lead, asked, options, webhookUrl);
}
