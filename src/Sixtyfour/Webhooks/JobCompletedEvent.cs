using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>A job is done, and its result is here: nothing more has to be asked for.</summary>
public sealed class JobCompletedEvent : JobEvent
{
    /// <summary>What the job was charged, in US cents.</summary>
    /// <value><see langword="null"/> when the service did not say, as it usually does not here; the status of the job tells.</value>
    public decimal? ChargeCents { get; init; }

    /// <summary>Where <see cref="ReadEnrichment{T}"/> finds contracts.</summary>
    internal JsonContracts? Contracts { get; init; }

    /// <summary>The result of a lead, people or company job. Sends nothing.</summary>
    /// <exception cref="InvalidResponseException">The event holds no result with <c>structured_data</c>; the error carries the id of the job.</exception>
    public Enrichment ReadEnrichment() => EnrichmentReader.Read(Result, asked: null, ChargeCents, KnownJobId, Contracts);

    /// <summary>The same result as a C# type. Sends nothing.</summary>
    /// <typeparam name="T">The type; it need not be the one that was asked with.</typeparam>
    /// <param name="fields">
    /// What the job was started with, if it was given, or <see cref="EnrichmentStruct.For{T}"/> with a JSON contract. <see langword="null"/>: the contract of
    /// the client, or of the resolver given to <see cref="SixtyfourWebhook.Parse"/>; without either reflection, where the application allows it.
    /// </param>
    /// <returns>The typed answer. A value that does not fit never throws: it is listed in <see cref="Enrichment{T}.Issues"/>.</returns>
    /// <exception cref="InvalidResponseException">The event holds no result with <c>structured_data</c>; the error carries the id of the job.</exception>
    /// <exception cref="InvalidOperationException">There is no contract for <typeparamref name="T"/>.</exception>
    public Enrichment<T> ReadEnrichment<T>(EnrichmentStruct<T>? fields = null)
    {
        var contracts = Contracts ?? JsonContracts.OfReflection;
        var contract = contracts.For<T>(fields?.TypeInfo);
        return EnrichmentReader.Read(Result, contract, fields?.Asked(contract), ChargeCents, KnownJobId, contracts);
    }

    private JsonElement Result => Raw.Member("result") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } result ? result : Raw;

    private string? KnownJobId => JobId.Length > 0 ? JobId : null;
}
