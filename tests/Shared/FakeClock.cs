namespace Sixtyfour.Testing;

/// <summary>A clock that stands still until a test moves it; timers fire in the order they are due.</summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public int ActiveTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count(timer => timer.Due is not null);
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (TakeNext(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = end;
        }
    }

    /// <summary>When the next timer is due, from now.</summary>
    public TimeSpan? UntilNextTimer()
    {
        lock (_gate)
        {
            return _timers.Where(timer => timer.Due is not null).Min(timer => timer.Due) - _now;
        }
    }

    /// <summary>Runs from timer to timer until the task has ended. For code whose waits are all on this clock and which does nothing else in between.</summary>
    /// <param name="task">What to run.</param>
    /// <param name="isBusy">Tells of work, such as reading a file, that the thread pool does not show.</param>
    public async Task<T> RunAsync<T>(Task<T> task, Func<bool>? isBusy = null)
    {
        await RunAsync((Task)task, isBusy);
        return await task;
    }

    /// <inheritdoc cref="RunAsync{T}(Task{T}, Func{bool})"/>
    public async Task RunAsync(Task task, Func<bool>? isBusy = null)
    {
        var idle = 0;
        var quietSince = System.GetTimestamp();
        while (!task.IsCompleted)
        {
            // Continuations run on the thread pool; only when nothing has been done for a while is the next timer what everybody waits for.
            await Task.Yield();
            idle++;
            if (ThreadPool.PendingWorkItemCount > 0)
            {
                (idle, quietSince) = (0, System.GetTimestamp());
            }
            else if (idle > 200 && UntilNextTimer() is { } wait && System.GetElapsedTime(quietSince) > Patience(wait))
            {
                (idle, quietSince) = (0, System.GetTimestamp());
                Advance(wait);
            }
        }

        await task;
    }

    // Where files are read, a long jump could end a call whose thread was only held up.
    private static TimeSpan Settle(TimeSpan wait, bool readsFiles) =>
        !readsFiles || wait <= TimeSpan.FromSeconds(20) ? TimeSpan.Zero : TimeSpan.FromMilliseconds(wait <= TimeSpan.FromMinutes(10) ? 50 : 1_000);

    // A next timer far away is more often a limit, and whoever would have set a nearer one only waits for a thread.
    private static TimeSpan Patience(TimeSpan wait) => TimeSpan.FromMilliseconds(wait > TimeSpan.FromSeconds(45) ? 60 : 2);

    private FakeTimer? TakeNext(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null)
            {
                _now = next.Due!.Value > _now ? next.Due.Value : _now;
            }

            return next;
        }
    }

    private sealed class FakeTimer(FakeClock clock, Action callback) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                _period = period;
            }

            return true;
        }

        public void Fire()
        {
            lock (clock._gate)
            {
                if (Due is null)
                {
                    return;
                }

                Due = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : Due + _period;
            }

            callback();
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
