using System.Diagnostics;
using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>An event that the service reported. An unknown kind is of this type, with its <see cref="Raw"/> body.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public class WebhookEvent
{
    /// <summary>The id of the event, the same for each delivery attempt (header <c>Sixtyfour-Event-Id</c>).</summary>
    /// <value><see langword="null"/> when not known. It is not covered by the signature.</value>
    public string? EventId { get; init; }

    /// <summary>The service's word for the kind of event, such as <c>find_email</c> (header <c>Sixtyfour-Event-Type</c>).</summary>
    /// <value><see langword="null"/> when not known. It is not covered by the signature.</value>
    public string? EventType { get; init; }

    /// <summary>The number of this delivery attempt, from 1 (header <c>Sixtyfour-Delivery-Attempt</c>).</summary>
    /// <value>0 when not known. It is not covered by the signature.</value>
    public int DeliveryAttempt { get; init; }

    /// <summary>The whole body exactly as sent; it may contain personal data. It does not depend on a document that can be disposed.</summary>
    public JsonElement Raw { get; init; }

    /// <summary>Names the kind of event; never a value of it.</summary>
    public override string ToString() => GetType().Name;
}

/// <summary>A job has ended.</summary>
public abstract class JobEvent : WebhookEvent
{
    /// <summary>The id that the start returned.</summary>
    /// <value>Empty only in events that you constructed without one.</value>
    public string JobId { get; init; } = "";

    /// <summary>The service's name for the kind of job, such as <c>enrich_lead</c>.</summary>
    /// <value><see langword="null"/> when the service did not send it.</value>
    public string? TaskType { get; init; }

    /// <summary>Names kind and job; never a result.</summary>
    public override string ToString() => $"{GetType().Name} of job {JobId}";
}

/// <summary>A job ended without a result: it failed, was canceled or timed out.</summary>
public sealed class JobFailedEvent : JobEvent
{
    /// <summary>The service's reason.</summary>
    /// <value><see langword="null"/> when the service did not send it.</value>
    public string? Error { get; init; }
}

/// <summary>
/// A bulk job is done. Read its rows through the handle of the job with <see cref="JobEvent.JobId"/>: links in the event expire within 15 minutes.
/// </summary>
public sealed class BulkCompletedEvent : JobEvent
{
    /// <summary>What the job was charged, in US cents.</summary>
    /// <value><see langword="null"/> when the service did not send it.</value>
    public decimal? ChargeCents { get; init; }
}

/// <summary>A block <c>outgoing_webhook</c> of a workflow has run: once for each run, not for each row.</summary>
public sealed class WorkflowEvent : WebhookEvent
{
    /// <summary>The id of the run.</summary>
    /// <value>Empty only in events that you constructed without one.</value>
    public string RunId { get; init; } = "";

    /// <summary>Names kind and run; never a result.</summary>
    public override string ToString() => $"{GetType().Name} of run {RunId}";
}

/// <summary>A job is done, and the event has its result: no further request is needed.</summary>
public sealed class JobCompletedEvent : JobEvent
{
    /// <summary>What the job was charged, in US cents.</summary>
    /// <value><see langword="null"/> when the event does not name it, which is usual; the status of the job does.</value>
    public decimal? ChargeCents { get; init; }

    /// <summary>The contracts for <see cref="ReadEnrichment{T}"/>.</summary>
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
