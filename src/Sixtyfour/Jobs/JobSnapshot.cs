using System.Text.Json;

namespace Sixtyfour;

/// <summary>The status of a job at one moment. Everything but the status itself is optional: the service sends it for some jobs only.</summary>
public sealed class JobSnapshot
{
    /// <summary>The job's id.</summary>
    public string JobId { get; init; } = "";

    /// <summary>The status.</summary>
    public JobStatus Status { get; init; }

    /// <summary>How long this client has watched the job over all waits; for a single request the time since <see cref="StartedAt"/>, or zero.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The service's name for the kind of job, such as <c>enrich_lead</c>.</summary>
    public string? TaskType { get; init; }

    /// <summary>When the service started the job.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the job ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How many items are done.</summary>
    public long? CompletedItems { get; init; }

    /// <summary>How many items there are.</summary>
    public long? TotalItems { get; init; }

    /// <summary>The charge in US cents; known once the job has ended, for most kinds of job.</summary>
    public decimal? ChargeCents { get; init; }

    /// <summary>The service's whole error text, unmasked; it may contain personal data.</summary>
    public string? Error { get; init; }

    /// <summary>The stages of a bulk job; empty for others.</summary>
    public IReadOnlyList<JobStage> Stages { get; init; } = [];

    /// <summary>The unchanged answer, without a list or a <c>data</c> envelope around it; it may contain personal data.</summary>
    public JsonElement Raw { get; init; }

    internal JobSnapshot With(IReadOnlyList<JobStage> stages) => new()
    {
        JobId = JobId,
        Status = Status,
        Elapsed = Elapsed,
        TaskType = TaskType,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        CompletedItems = CompletedItems,
        TotalItems = TotalItems,
        ChargeCents = ChargeCents,
        Error = Error,
        Stages = stages,
        Raw = Raw,
    };

    /// <summary>Shows id and status, and no values.</summary>
    public override string ToString() => $"Job {JobId}: {Status}";
}

/// <summary>One stage of a bulk job.</summary>
public sealed class JobStage
{
    /// <summary>The service's name for the stage.</summary>
    public string Name { get; init; } = "";

    /// <summary>The status of the stage.</summary>
    public JobStatus Status { get; init; }

    /// <summary>How many rows are done.</summary>
    public long Processed { get; init; }

    /// <summary>How many rows there are, when known.</summary>
    public long? Total { get; init; }

    /// <summary>Name, status and counts.</summary>
    public override string ToString() => $"{Name}: {Status}, {Processed} of {Total?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}";
}
