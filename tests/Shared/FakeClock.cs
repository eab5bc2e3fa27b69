namespace Sixtyfour.Testing;

/// <summary>A clock that stands still until a test moves it; timers fire in the order they are due.</summary>
internal sealed class FakeClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

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
        // On a thread of its own, so that the pool is at rest when the code under test is.
        await Task.Factory.StartNew(() => Drive(task, isBusy), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await task;
    }

    private void Drive(Task task, Func<bool>? isBusy)
    {
        var restsSince = System.GetTimestamp();
        while (!task.IsCompleted)
        {
            WaitForRest(task);
            if (isBusy?.Invoke() is true)
            {
                restsSince = System.GetTimestamp();
            }
            else if (!task.IsCompleted && UntilNextTimer() is { } wait && System.GetElapsedTime(restsSince) >= Settle(wait, isBusy is not null))
            {
                Advance(wait);
                restsSince = System.GetTimestamp();
            }
        }
    }

    // Where files are read, a long jump could end a call whose thread was only held up.
    private static TimeSpan Settle(TimeSpan wait, bool readsFiles) =>
        !readsFiles || wait <= TimeSpan.FromSeconds(20) ? TimeSpan.Zero : TimeSpan.FromMilliseconds(wait <= TimeSpan.FromMinutes(10) ? 50 : 1_000);

    // Nothing queued and no thread at work, several times in a row. Where others keep the pool busy all the time, some real time must do.
    private static void WaitForRest(Task task)
    {
        var begun = System.GetTimestamp();
        for (var idle = 0; idle < 5 && !task.IsCompleted; idle++)
        {
            Thread.Yield();
            ThreadPool.GetAvailableThreads(out var available, out _);
            ThreadPool.GetMaxThreads(out var most, out _);
            if (ThreadPool.PendingWorkItemCount > 0 || available < most)
            {
                if (System.GetElapsedTime(begun) > Patience)
                {
                    return;
                }

                idle = -1;
                Thread.Sleep(0);
            }
        }
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
