namespace Sixtyfour.Emulator.Clocks;

/// <summary>Moves a manual clock from timer to timer, each time after everything has come to rest.</summary>
/// <remarks>
/// Rest cannot be seen, only supposed: no request is being worked on, and for a short real time nothing happened on the wire, no timer was touched and
/// the thread pool had nothing to do. The time is also counted in round trips through the thread pool, because on a loaded machine 20 milliseconds may
/// pass without any other thread having had its turn.
/// </remarks>
internal sealed class TimeJumper(ManualClock clock, Traffic traffic, TimeSpan settlePeriod, TimeSpan stallLimit) : IDisposable
{
    private const int FewestRounds = 6;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(1);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly TimeProvider _real = TimeProvider.System;

    private long Changes => clock.Changes + traffic.Changes;

    public async Task JumpUntilAsync(Task task, CancellationToken cancellationToken)
    {
        var lastProgress = _real.GetTimestamp();
        while (!task.IsCompleted)
        {
            var before = Changes;
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var isAtRest = await SettleAsync(task, cancellationToken).ConfigureAwait(false);
                if (isAtRest && !task.IsCompleted)
                    clock.AdvanceToNextTimer();
            }
            finally
            {
                _gate.Release();
            }

            if (Changes != before)
                lastProgress = _real.GetTimestamp();
            else if (_real.GetElapsedTime(lastProgress) > stallLimit)
                throw new InvalidOperationException(Stalled());
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>True when everything has been at rest for the settle period; false when it is not, or the task has ended.</summary>
    private async Task<bool> SettleAsync(Task task, CancellationToken cancellationToken)
    {
        var start = _real.GetTimestamp();
        var changes = Changes;
        var rounds = 0;
        while (rounds < FewestRounds || _real.GetElapsedTime(start) < settlePeriod)
        {
            // Comes back through the thread pool, behind whatever was queued there before.
            await Task.Delay(Round, _real, cancellationToken).ConfigureAwait(false);
            if (task.IsCompleted || traffic.Busy > 0 || Changes != changes)
                return false;

            // A pool that others keep busy for good must not stop the clock for good.
            if (ThreadPool.PendingWorkItemCount == 0 || _real.GetElapsedTime(start) > settlePeriod * 5)
                rounds++;
        }

        return true;
    }

    private string Stalled() =>
        $"Nothing has moved for {stallLimit.TotalSeconds:0.#} s: " +
        (traffic.Busy > 0
            ? $"{traffic.Busy} request(s) in flight wait for something else than the emulator's clock."
            : "no timer is set on the emulator's clock, so the task waits for something else. Does all of the code under test use emulator.Clock?");
}
