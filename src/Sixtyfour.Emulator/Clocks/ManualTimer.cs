namespace Sixtyfour.Emulator.Clocks;

/// <summary>A timer of a <see cref="ManualClock"/>; its fields belong to the clock's lock. Orders by due time, then by age.</summary>
internal sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state, long number) : ITimer, IComparable<ManualTimer>
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public long Due { get; set; }

    public long Period { get; set; }

    public bool IsDisposed { get; set; }

    private long Number { get; } = number;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        return clock.Schedule(this, dueTime, period);
    }

    public void Fire()
    {
        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, static timer => ((ManualTimer)timer!).Call(), this);
        }
    }

    public int CompareTo(ManualTimer? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byDue = Due.CompareTo(other.Due);
        return byDue != 0 ? byDue : Number.CompareTo(other.Number);
    }

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Call() => callback(state);
}
