using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Http.RateLimiting;

/// <summary>
/// Permits for what runs in the background: taken one at a time through every gate, and only then given a purpose. So no request queues that has become
/// pointless, and a limiter slower than the request limit makes nothing fail.
/// </summary>
internal sealed class BackgroundPermits(
    RequestLimiter requests, RateLimiter? limiter, TimeProvider clock, ILogger logger, TimeSpan longestFailure)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // As for polls: if this client has never had an answer, waiting longer does not help.
    private static readonly TimeSpan LongestFailureWithoutAnyAnswer = TimeSpan.FromMinutes(2);

    /// <summary>The requests a minute to plan with; infinite without a limit.</summary>
    public double RatePerMinute => requests.RatePerMinute;

    /// <summary>Whether any request of this client was answered.</summary>
    public bool HasBeenAnswered => requests.HasBeenAnswered;

    /// <summary>Waits for a permit; it must be disposed.</summary>
    /// <exception cref="Exception">What the limiter threw, when it has thrown for as long as polls may fail, or was disposed.</exception>
    public async ValueTask<SendPermit> NextAsync(CancellationToken cancellationToken)
    {
        long? failingSince = null;
        for (var refusals = 0; ; refusals++)
        {
            var permit = (await requests.AcquireAsync(PermitKind.Background, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))!;
            TimeSpan? pause;
            try
            {
                pause = limiter is null ? null : await AskAsync(permit, limiter, refusals, cancellationToken).ConfigureAwait(false);
                failingSince = null;
            }
            catch (Exception failure) when (MayPass(failure, failingSince, cancellationToken))
            {
                if (failingSince is null)
                {
                    Log.LimiterBeganToFail(logger, failure);
                }

                failingSince ??= clock.GetTimestamp();
                pause = Pause(null, refusals);
            }

            if (pause is null)
            {
                return permit;
            }

            await clock.Delay(pause.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    // One failure, such as of a limiter's store elsewhere, must not end every wait of the client. A limiter that was disposed never grants again.
    private bool MayPass(Exception failure, long? failingSince, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && failure is not ObjectDisposedException
        && (failingSince is not { } since
            || clock.GetElapsedTime(since) < (requests.HasBeenAnswered ? longestFailure : LongestFailureWithoutAnyAnswer));

    // Null when the limiter agrees; otherwise the permit is returned, and this is how long to pause.
    private async ValueTask<TimeSpan?> AskAsync(SendPermit permit, RateLimiter limiter, int refusals, CancellationToken cancellationToken)
    {
        var isGranted = false;
        try
        {
            var lease = await LimiterLease.AskAsync(limiter, logger, cancellationToken).ConfigureAwait(false);
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
