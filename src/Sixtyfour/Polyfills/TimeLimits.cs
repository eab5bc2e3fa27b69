namespace Sixtyfour;

/// <summary>
/// The one place that makes a timer of a time limit. The timers of the frameworks differ in their maximum (24.8 days where a limit may be 49) and throw beyond
/// it, after a job was started and paid for.
/// </summary>
internal static class TimeLimits
{
    // What a timer takes on every target is a little more.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    /// <summary>Cancels when <paramref name="limit"/> has passed, however far away that is; at once for zero or less.</summary>
    public static CancellationTokenSource CreateCancellationTokenSource(this TimeProvider clock, TimeSpan limit) => new LimitSource(clock, limit);

    private sealed class LimitSource : CancellationTokenSource
    {
        private readonly TimeProvider _clock;
        private readonly TimeSpan _limit;
        private readonly long _begun;
        private readonly ITimer? _timer;

        public LimitSource(TimeProvider clock, TimeSpan limit)
        {
            _clock = clock;
            _limit = limit;
            _begun = clock.GetTimestamp();
            if (limit == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            if (limit <= TimeSpan.Zero)
            {
                Cancel();
                return;
            }

            using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            {
                _timer = clock.CreateTimer(static source => ((LimitSource)source!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            _timer.Change(Next(limit), Timeout.InfiniteTimeSpan);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _timer?.Dispose();
            }

            base.Dispose(disposing);
        }

        private static TimeSpan Next(TimeSpan left) => left < LongestTimer ? left : LongestTimer;

        private void OnTimer()
        {
            try
            {
                // Only where one timer does not suffice: a timer that fires slightly early still means that the limit has passed.
                if (_limit > LongestTimer && _limit - _clock.GetElapsedTime(_begun) is var left && left > TimeSpan.FromSeconds(1))
                {
                    _timer!.Change(Next(left), Timeout.InfiniteTimeSpan);
                    return;
                }

                Cancel();
            }
            catch (ObjectDisposedException)
            {
                // Disposed while the timer fired.
            }
        }
    }
}
