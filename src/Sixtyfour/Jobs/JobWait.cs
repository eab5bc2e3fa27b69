namespace Sixtyfour.Jobs;

/// <summary>One wait, as the poller needs to know it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Kind">See <see cref="JobKind"/>.</param>
/// <param name="Started">The time stamp of the start, where it was made in this process.</param>
internal readonly record struct JobWait(string JobId, string Kind, long? Started)
{
    /// <summary>Somebody waits for this very job and sees each look at it.</summary>
    public bool IsAttended { get; init; }

    /// <summary>News of its end will come by themselves.</summary>
    public bool ExpectsWebhook { get; init; }
}
