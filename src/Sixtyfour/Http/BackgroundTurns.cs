using System.Threading.RateLimiting;
using Sixtyfour.Http.Budget;

namespace Sixtyfour.Http;

/// <summary>
/// Turns for what runs in the background: taken one at a time through every gate, and only then given a purpose. So nothing queues that may have become pointless,
/// and a limiter slower than the request limit is nobody's failure.
/// </summary>
internal sealed class BackgroundTurns(RequestBudget budget, RateLimitOptions options, TimeProvider clock)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The requests a minute to plan with; infinite without a limit.</summary>
    public double RatePerMinute => budget.RatePerMinute;

    /// <summary>Waits for a turn; it must be disposed.</summary>
    public async ValueTask<Turn> NextAsync(CancellationToken cancellationToken)
    {
        for (var refusals = 0; ; refusals++)
        {
            var slot = await budget.EnterAsync(TurnKind.Background, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            if (options.Limiter is not { } limiter)
            {
                return new(slot!.Value);
            }

            var (permit, pause) = await AskAsync(limiter, slot!.Value, refusals, cancellationToken).ConfigureAwait(false);
            if (permit is not null)
            {
                return new(slot.Value, submission: null, permit);
            }

            await clock.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    // The slot goes back when there is no permit.
    private static async ValueTask<(Permit? Permit, TimeSpan Pause)> AskAsync(RateLimiter limiter, RequestBudget.Slot slot, int refusals, CancellationToken cancellationToken)
    {
        Permit? permit = null;
        try
        {
            var lease = await Permit.AskAsync(limiter, cancellationToken).ConfigureAwait(false);
            if (lease.IsAcquired)
            {
                return (permit = new(lease), TimeSpan.Zero);
            }

            using (lease)
            {
                return (null, Pause(Permit.RetryAfter(lease), refusals));
            }
        }
        finally
        {
            if (permit is null)
            {
                slot.Dispose();
            }
        }
    }

    private static TimeSpan Pause(TimeSpan? hint, int refusals)
    {
        var pause = hint ?? TimeSpan.FromTicks(ShortestPause.Ticks << Math.Min(refusals, 6));
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }
}
