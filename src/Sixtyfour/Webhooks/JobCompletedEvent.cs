using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields.Reading;
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
    public Enrichment ReadEnrichment() =>
        EnrichmentReader.Read(
            Raw.Member("result") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } result ? result : Raw,
            asked: null,
            ChargeCents,
            JobId.Length > 0 ? JobId : null,
            Contracts);

    /// <summary>The same result as a C# type. Sends nothing.</summary>
    /// <typeparam name="T">The type; it need not be the one that was asked with.</typeparam>
    /// <param name="typeInfo">
    /// Its JSON contract, used just as it is. <see langword="null"/>: the contract of the client, or of the resolver given to
    /// <see cref="SixtyfourWebhook.Parse"/>; without either reflection, where the application allows it.
    /// </param>
    /// <returns>The typed answer. A value that does not fit never throws: it is listed in <see cref="Enrichment{T}.Issues"/>.</returns>
    /// <exception cref="InvalidResponseException">The event holds no result with <c>structured_data</c>; the error carries the id of the job.</exception>
    /// <exception cref="InvalidOperationException">There is no contract for <typeparamref name="T"/>.</exception>
    public Enrichment<T> ReadEnrichment<T>(JsonTypeInfo<T>? typeInfo = null) => ReadEnrichment().ReadAs(typeInfo);
}
