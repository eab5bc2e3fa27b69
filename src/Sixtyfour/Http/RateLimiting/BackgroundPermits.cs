using System.Threading.RateLimiting;

namespace Sixtyfour.Http.RateLimiting;

/// <summary>
/// Permits for what runs in the background: taken one at a time through every gate, and only then given a purpose. So no request queues that has become
/// pointless, and a limiter slower than the request limit makes nothing fail.
/// </summary>
internal sealed class BackgroundPermits(RequestLimiter requests, RateLimiter? limiter, TimeProvider clock)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The requests a minute to plan with; infinite without a limit.</summary>
    public double RatePerMinute => requests.RatePerMinute;

    /// <summary>Whether any request of this client was answered.</summary>
    public bool HasBeenAnswered => requests.HasBeenAnswered;

    /// <summary>Waits for a permit; it must be disposed.</summary>
    public async ValueTask<SendPermit> NextAsync(CancellationToken cancellationToken)
    {
        for (var refusals = 0; ; refusals++)
        {
            var permit = (await requests.AcquireAsync(PermitKind.Background, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))!;
            if (limiter is null || await AskAsync(permit, limiter, refusals, cancellationToken).ConfigureAwait(false) is not { } pause)
            {
                return permit;
            }

            await clock.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    // Null when the limiter agrees; otherwise the permit is returned, and this is how long to pause.
    private static async ValueTask<TimeSpan?> AskAsync(SendPermit permit, RateLimiter limiter, int refusals, CancellationToken cancellationToken)
    {
        var isGranted = false;
        try
        {
            var lease = await LimiterLease.AskAsync(limiter, cancellationToken).ConfigureAwait(false);
            permit.Include(lease);
            isGranted = lease.IsAcquired;
            return isGranted ? null : Pause(lease.RetryAfter, refusals);
        }
        finally
        {
            if (!isGranted)
            {
                permit.Dispose();
            }
        }
    }

    private static TimeSpan Pause(TimeSpan? hint, int refusals)
    {
        var pause = hint ?? TimeSpan.FromTicks(ShortestPause.Ticks << Math.Min(refusals, 6));
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }
}
