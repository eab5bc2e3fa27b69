namespace Sixtyfour.Emulator.Clocks;

/// <summary>Knows which requests are being worked on, as against those that only wait for the clock.</summary>
internal sealed class Traffic(TimeProvider clock)
{
    private int _busy;
    private long _changes;

    /// <summary>Requests in flight that do not wait for the clock.</summary>
    public int Busy => Volatile.Read(ref _busy);

    /// <summary>Grows with everything that happens on the wire.</summary>
    public long Changes => Volatile.Read(ref _changes);

    public void Begin()
    {
        Interlocked.Increment(ref _busy);
        Note();
    }

    public void End()
    {
        Interlocked.Decrement(ref _busy);
        Note();
    }

    public void Note() => Interlocked.Increment(ref _changes);

    /// <summary>Waits on the clock; meanwhile the request does not count as being worked on.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isAwake = 0;
        void Wake(bool byTheClock)
        {
            if (Interlocked.Exchange(ref isAwake, 1) != 0)
            {
                return;
            }

            Begin();   // before the continuation is even queued, so that nobody sees a quiet moment in between
            if (byTheClock)
            {
                woken.SetResult();
            }
            else
            {
                woken.SetCanceled(cancellationToken);
            }
        }

        using var timer = clock.CreateTimer(_ => Wake(byTheClock: true), null, delay, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(_ => Wake(byTheClock: false), null);
        End();   // after the timer is set, so that the clock cannot jump past it
        await woken.Task.ConfigureAwait(false);
    }
}
