namespace Sixtyfour.Testing;

/// <summary>A clock that stands still until a test moves it; timers fire in the order they are due.</summary>
internal sealed class FakeClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

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
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        await RunAsync((Task)task);
        return await task;
    }

    /// <inheritdoc cref="RunAsync{T}(Task{T})"/>
    public async Task RunAsync(Task task)
    {
        // On a thread of its own, so that the pool is at rest when the code under test is.
        await Task.Factory.StartNew(() => Drive(task), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await task;
    }

    private void Drive(Task task)
    {
        while (!task.IsCompleted)
        {
            if (IsAtRest(task) && UntilNextTimer() is { } wait)
            {
                Advance(wait);
            }
        }
    }

    // Nothing queued and no thread at work, several times in a row. Where other tests keep the pool busy, that nothing was done for a while must do.
    private static bool IsAtRest(Task task)
    {
        var begun = System.GetTimestamp();
        var done = ThreadPool.CompletedWorkItemCount;
        for (var idle = 0; idle < 5 && !task.IsCompleted; idle++)
        {
            Thread.Yield();
            ThreadPool.GetAvailableThreads(out var available, out _);
            ThreadPool.GetMaxThreads(out var most, out _);
            if (ThreadPool.PendingWorkItemCount > 0 || available < most)
            {
                idle = -1;
                if (ThreadPool.CompletedWorkItemCount != done)
                {
                    (done, begun) = (ThreadPool.CompletedWorkItemCount, System.GetTimestamp());
                }
                else if (System.GetElapsedTime(begun) > Patience && ThreadPool.PendingWorkItemCount is 0)
                {
                    return true;
                }

                Thread.Sleep(0);
            }
        }

        return true;
    }

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
