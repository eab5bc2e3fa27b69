namespace Sixtyfour.Emulator.Jobs;

internal sealed record Ending(JobStatus Status, DateTimeOffset At, string? Error)
{
    /// <summary>As polls spell it.</summary>
    public static readonly JobStatus Cancelled = new("cancelled");
}

/// <summary>A job at one moment.</summary>
internal readonly record struct JobState(JobStatus Status, DateTimeOffset? EndedAt, decimal ChargeCents, string? Error);
