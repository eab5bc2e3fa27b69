namespace Sixtyfour.Emulator.Clocks;

/// <summary>A clock that stands still until it is told to move; its timers fire in due order while it moves.</summary>
internal sealed class ManualClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly SortedSet<ManualTimer> _timers = [];
    private long _now = Start.Ticks;
    private long _timersMade;
    private long _changes;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Grows whenever a timer is made, changed, fired or disposed, and whenever time moves.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>When the next timer is due; null when none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min is { } next ? new DateTimeOffset(next.Due, TimeSpan.Zero) : null;
            }
        }
    }

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state, Interlocked.Increment(ref _timersMade));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Volatile.Read(ref _now) + by.Ticks;
        FireAllDueBy(target);
        lock (_gate)
        {
            _now = Math.Max(_now, target);
            _changes++;
        }
    }

    /// <summary>Moves to the moment the next timer is due and fires what is due then; false when no timer is set.</summary>
    public bool AdvanceToNextTimer()
    {
        if (NextDue is not { } due)
        {
            return false;
        }

        FireAllDueBy(due.Ticks);
        return true;
    }

    internal bool Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _now + dueTime.Ticks;
                _timers.Add(timer);
            }
            _changes++;
        }

        // What is due at once fires without anybody moving the clock, as it does on a real one.
        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.FireAllDueBy(clock.GetTimestamp()), this, preferLocal: false);
        }

        return true;
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
            _changes++;
        }
    }

    private void FireAllDueBy(long moment)
    {
        while (TakeNextDueBy(moment) is { } timer)
        {
            timer.Fire();   // outside the lock: a callback may set timers, or take a lock under which others set some
        }
    }

    private ManualTimer? TakeNextDueBy(long moment)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } timer || timer.Due > moment)
            {
                return null;
            }

            _timers.Remove(timer);
            _now = Math.Max(_now, timer.Due);
            _changes++;
            if (timer.Period > 0)
            {
                timer.Due += timer.Period;
                _timers.Add(timer);
            }

            return timer;
        }
    }
}
