namespace Sixtyfour.Jobs;

/// <summary>What a look that failed means for those who wait.</summary>
internal static class PollFailures
{
    private const double LongestPauseSeconds = 30;
    private const double Jitter = 0.1;

    // A start is known to its own process before every server of the service knows it.
    private static readonly TimeSpan MayBeUnknownFor = TimeSpan.FromSeconds(30);

    public static bool IsPassing(SixtyfourException failure, TimeSpan watched) => failure switch
    {
        SixtyfourApiException api => (int)api.StatusCode switch
        {
            408 or 429 or >= 500 => true,
            404 => watched < MayBeUnknownFor,
            _ => false,
        },
        ConnectionFailedException or OutcomeUnknownException or DeadlineExceededException => true,
        _ => false,
    };

    /// <summary>When to look again: after the service's hint, else after 1, 2, 4 … 30 seconds.</summary>
    public static TimeSpan Pause(int failures, TimeSpan? hint, double random)
    {
        var backoff = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(failures - 1, 10)), LongestPauseSeconds));
        var pause = hint > backoff ? hint.Value : backoff;
        return TimeSpan.FromTicks((long)(pause.Ticks * (1 + (Jitter * ((2 * random) - 1)))));
    }

    /// <summary>Whatever ends a wait, a vault that gives no key included, says which job is still there to be waited for.</summary>
    public static Exception WithJobId(Exception failure, string jobId) => failure is SixtyfourException or ObjectDisposedException { ObjectName: nameof(SixtyfourClient) }
        ? failure
        : new ConnectionFailedException($"Job {jobId} could not be asked about ({failure.GetType().Name}). It goes on: wait again when the cause is mended.", failure)
        {
            JobId = jobId,
        };
}
