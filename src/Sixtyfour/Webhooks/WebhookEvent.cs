using System.Diagnostics;
using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>Something the service reported. An unknown kind arrives as this very type, with its <see cref="Raw"/> body.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public class WebhookEvent
{
    /// <summary>The id of the event, the same for each attempt to deliver it (header <c>Sixtyfour-Event-Id</c>).</summary>
    /// <value><see langword="null"/> when not known. It is not covered by the signature.</value>
    public string? EventId { get; init; }

    /// <summary>The service's word for the kind of event, such as <c>find_email</c> (header <c>Sixtyfour-Event-Type</c>).</summary>
    /// <value><see langword="null"/> when not known. It is not covered by the signature.</value>
    public string? EventType { get; init; }

    /// <summary>Which attempt to deliver it this was, counted from 1 (header <c>Sixtyfour-Delivery-Attempt</c>).</summary>
    /// <value>0 when not known. It is not covered by the signature.</value>
    public int DeliveryAttempt { get; init; }

    /// <summary>The whole body just as it came; personal data may be in it. Depends on no document that someone may dispose.</summary>
    public JsonElement Raw { get; init; }

    /// <summary>Names the kind of event; never a value of it.</summary>
    public override string ToString() => GetType().Name;
}

/// <summary>A job has come to its end.</summary>
public abstract class JobEvent : WebhookEvent
{
    /// <summary>The id that the start gave out.</summary>
    /// <value>Empty only in events made by hand without one.</value>
    public string JobId { get; init; } = "";

    /// <summary>The service's name for the kind of job, such as <c>enrich_lead</c>.</summary>
    /// <value><see langword="null"/> when the service did not say.</value>
    public string? TaskType { get; init; }

    /// <summary>Names kind and job; never a result.</summary>
    public override string ToString() => $"{GetType().Name} of job {JobId}";
}

/// <summary>A job did not come to a result: it failed, was cancelled or took too long.</summary>
public sealed class JobFailedEvent : JobEvent
{
    /// <summary>What the service said went wrong.</summary>
    /// <value><see langword="null"/> when it did not say.</value>
    public string? Error { get; init; }
}

/// <summary>A bulk job is done. Read its rows through the handle of the job with <see cref="JobEvent.JobId"/>: links in the event expire within 15 minutes.</summary>
public sealed class BulkCompletedEvent : JobEvent
{
    /// <summary>What the job was charged, in US cents.</summary>
    /// <value><see langword="null"/> when the service did not say.</value>
    public decimal? ChargeCents { get; init; }
}

/// <summary>A block <c>outgoing_webhook</c> of a workflow has run: once a run, not once a row.</summary>
public sealed class WorkflowEvent : WebhookEvent
{
    /// <summary>The id of the run.</summary>
    /// <value>Empty only in events made by hand without one.</value>
    public string RunId { get; init; } = "";

    /// <summary>Names kind and run; never a result.</summary>
    public override string ToString() => $"{GetType().Name} of run {RunId}";
}

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
