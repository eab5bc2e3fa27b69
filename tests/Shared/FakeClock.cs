namespace Sixtyfour.Testing;

/// <summary>A clock that stands still until a test moves it; timers fire in the order they are due, those due at once in the order they were set.</summary>
/// <remarks>
/// <see cref="RunAsync(Task)"/> is exact because its tests run on a thread pool of one thread (see the project file): while the clock's own work item runs
/// there, no other code does,
/// and an empty queue then means that everything the clock woke waits again. On a pool of many threads a thread that is held up looks like one at rest, and any
/// clock would have to guess.
/// So no test beside it may block a thread, and waits for anything but this clock (a socket, a real timer) fail at once.
/// </remarks>
internal sealed class FakeClock : TimeProvider
{
    private readonly object _gate = new();
    private readonly SortedSet<FakeTimer> _timers = new(Comparer<FakeTimer>.Create((one, other) => (one.Due, one.Order).CompareTo((other.Due, other.Order))));
    private DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private long _order;

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
                return _timers.Count;
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires what is due until then, without waiting for what it wakes.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (FireNext(end))
        {
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
            return _timers.Min?.Due - _now;
        }
    }

    /// <summary>Runs from timer to timer until the task has ended. For code whose waits are all on this clock.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        await RunAsync((Task)task);
        return await task;
    }

    /// <inheritdoc cref="RunAsync{T}(Task{T})"/>
    public async Task RunAsync(Task task)
    {
        await RestAsync();
        while (!task.IsCompleted)
        {
            if (!FireNext(DateTimeOffset.MaxValue))
            {
                throw new InvalidOperationException(
                    "The task waits, nothing is queued, and no timer is set: it waits for something that is not on this clock, or for good.");
            }

            await RestAsync();
        }

        await task;
    }

    /// <summary>Ends when all code under test waits for the clock or has ended.</summary>
    public static async Task RestAsync()
    {
        ThreadPool.GetMaxThreads(out var threads, out _);
        if (threads is not 1 || SynchronizationContext.Current is not null)
        {
            throw new InvalidOperationException(
                "Virtual time needs a thread pool of one thread and no synchronization context: set ThreadPoolMaxThreads in the project file and run "
                    + "tests one after the other.");
        }

        do
        {
            // To the end of the queue.
            await Task.Yield();
        }
        while (ThreadPool.PendingWorkItemCount > 0);
    }

    private bool FireNext(DateTimeOffset end)
    {
        FakeTimer? next;
        lock (_gate)
        {
            next = _timers.Min;
            if (next is null || next.Due > end)
            {
                return false;
            }

            _now = next.Due > _now ? next.Due : _now;
        }

        next.Fire();
        return true;
    }

    private sealed class FakeTimer(FakeClock clock, Action callback) : ITimer
    {
        private TimeSpan _period;
        private bool _isDisposed;

        public DateTimeOffset Due { get; private set; }

        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_isDisposed)
                {
                    return false;
                }

                _period = period;
                Set(dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime);
                return true;
            }
        }

        public void Fire()
        {
            lock (clock._gate)
            {
                if (!clock._timers.Contains(this))
                {
                    return;
                }

                Set(_period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : Due + _period);
            }

            callback();
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                _isDisposed = true;
                Set(null);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        // Off the set before its place in the order changes.
        private void Set(DateTimeOffset? due)
        {
            clock._timers.Remove(this);
            if (due is { } at)
            {
                (Due, Order) = (at, ++clock._order);
                clock._timers.Add(this);
            }
        }
    }
}
