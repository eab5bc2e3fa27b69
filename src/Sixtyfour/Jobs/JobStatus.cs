using System.Text.Json.Serialization;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>The status of a job. Open: a word that this version does not know counts as still running.</summary>
/// <remarks>
/// Words compare without regard to letter case; <c>-</c> and space count as <c>_</c>, <c>canceled</c> as <c>cancelled</c>, <c>succeeded</c>,
/// <c>success</c>, <c>complete</c> and <c>done</c> as <c>completed</c>, <c>error</c> and <c>failure</c> as <c>failed</c>, <c>queued</c> as <c>pending</c>,
/// <c>processing</c> and <c>in_progress</c> as <c>running</c>, <c>timeout</c> and
/// <c>timedout</c> as <c>timed_out</c>: the vendor's own samples use all of these.
/// </remarks>
/// <param name="value">The word as the service sent it.</param>
[JsonConverter(typeof(JobStatusJsonConverter))]
public readonly struct JobStatus(string value) : IEquatable<JobStatus>
{
    private readonly string? _meaning;

    /// <summary>A word that this version does not know, in an answer that shows how the job ended.</summary>
    internal JobStatus(string value, JobStatus meaning)
        : this(value) => _meaning = meaning.Word;

    /// <summary>The word as the service sent it; empty for <c>default</c>.</summary>
    public string Value { get => field ?? ""; } = value;

    /// <summary>Whether there is a word; false for <c>default</c>.</summary>
    public bool IsSpecified => Value.Length > 0;

    /// <summary>Accepted, not started.</summary>
    public static JobStatus Pending => new("pending");

    /// <summary>The agent is working.</summary>
    public static JobStatus Running => new("running");

    /// <summary>Ended with a result.</summary>
    public static JobStatus Completed => new("completed");

    /// <summary>Ended without a result.</summary>
    public static JobStatus Failed => new("failed");

    /// <summary>Stopped; there is no result. The service spells it with two l.</summary>
    public static JobStatus Canceled => new("cancelled");

    /// <summary>The job has ended, successfully or not. False for words that this version does not know.</summary>
    public bool IsTerminal => IsSuccess || Word is "failed" or "cancelled" or "terminated" or "timed_out";

    /// <summary>The job has ended with a result.</summary>
    public bool IsSuccess => Word is "completed";

    internal bool IsCanceled => Word is "cancelled";

    internal bool IsKnown => Word is "pending" or "running" || IsTerminal;

    private string Word => _meaning ?? OpenWord.Canonical(Value) switch
    {
        "queued" => "pending",
        "processing" or "in_progress" => "running",
        "canceled" => "cancelled",
        "succeeded" or "success" or "complete" or "done" => "completed",
        "error" or "failure" => "failed",
        "timeout" or "timedout" => "timed_out",
        var word => word,
    };

    /// <summary>Equal when the words mean the same, see the remarks of the type.</summary>
    /// <param name="other">The status to compare with.</param>
    public bool Equals(JobStatus other) => string.Equals(Word, other.Word, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JobStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Word);

    /// <summary>Equal when the words mean the same.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(JobStatus left, JobStatus right) => left.Equals(right);

    /// <summary>Unequal when the words mean different things.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(JobStatus left, JobStatus right) => !left.Equals(right);

    /// <summary>The word as the service sent it.</summary>
    public override string ToString() => Value;
}

internal sealed class JobStatusJsonConverter() : OpenWordJsonConverter<JobStatus>(word => new JobStatus(word), status => status.Value);
