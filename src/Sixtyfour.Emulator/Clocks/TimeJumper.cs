namespace Sixtyfour.Emulator.Clocks;

/// <summary>Moves a manual clock from timer to timer, each time after everything has come to rest.</summary>
/// <remarks>
/// That nothing happens on the wire and no timer is touched can be seen. That nobody computes can only be supposed: see <see cref="Bustle"/>. So it is
/// believed when it has lasted for the settle period. On a loaded machine that is longer: where a sleep of a millisecond takes ten, other threads wait for
/// their turn just as long. It runs on a thread of its own, so that it is no part of the bustle that it looks for.
/// </remarks>
internal sealed class TimeJumper(ManualClock clock, Traffic traffic, TimeSpan settlePeriod, TimeSpan stallLimit)
{
    private const int FewestRounds = 15;
    private const int PatienceBeforeLongJump = 20;

    // Waits between looks at a job are seconds. A next timer this far away is more often a limit, and whoever would have set a nearer one is only late.
    private static readonly TimeSpan LongJump = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly TimeProvider _real = TimeProvider.System;

    private long Changes => clock.Changes + traffic.Changes;

    public Task JumpUntilAsync(Task task, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => JumpUntil(task, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void JumpUntil(Task task, CancellationToken cancellationToken)
    {
        var bustle = new Bustle(_real, settlePeriod);
        var lastProgress = _real.GetTimestamp();
        while (!task.IsCompleted)
        {
            var before = Changes;
            lock (_gate)
            {
                if (Settle(task, bustle, cancellationToken))
                {
                    clock.AdvanceToNextTimer();
                }
            }

            if (Changes != before)
            {
                lastProgress = _real.GetTimestamp();
            }
            else if (_real.GetElapsedTime(lastProgress) > stallLimit)
            {
                throw new InvalidOperationException(Stalled());
            }
        }
    }

    /// <summary>True when everything has been at rest for the settle period; false when something happened, or the task has ended.</summary>
    private bool Settle(Task task, Bustle bustle, CancellationToken cancellationToken)
    {
        var changes = Changes;
        var settle = clock.NextDue - clock.GetUtcNow() > LongJump ? settlePeriod * PatienceBeforeLongJump : settlePeriod;
        var quietSince = _real.GetTimestamp();
        var longestRound = TimeSpan.Zero;
        bustle.Begin();
        while (_real.GetElapsedTime(quietSince) is var quiet && (quiet < settle || quiet < longestRound * FewestRounds))
        {
            var roundBegun = _real.GetTimestamp();
            Thread.Sleep(Round);
            longestRound = Longer(longestRound, _real.GetElapsedTime(roundBegun));
            cancellationToken.ThrowIfCancellationRequested();
            if (task.IsCompleted || traffic.Busy > 0 || Changes != changes)
            {
                return false;
            }

            if (bustle.IsSeen())
            {
                quietSince = _real.GetTimestamp();
            }
        }

        return true;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private string Stalled() =>
        $"Nothing has moved for {stallLimit.TotalSeconds:0.#} s: " +
        (traffic.Busy > 0
            ? $"{traffic.Busy} request(s) in flight wait for something else than the emulator's clock."
            : "no timer is set on the emulator's clock, so the task waits for something else. Does all of the code under test use emulator.Clock?");
}
