namespace Sixtyfour.Emulator.Clocks;

/// <summary>A timer of a <see cref="ScaledClock"/>: never early on that clock, however coarse the real timers are.</summary>
internal sealed class ScaledTimer : ITimer
{
    // The longest wait a real timer takes; a longer one is waited for in pieces.
    private static readonly TimeSpan LongestRealWait = TimeSpan.FromDays(40);

    private readonly object _gate = new();
    private readonly ScaledClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _timer;
    private long _setAt;
    private TimeSpan _dueTime = Timeout.InfiniteTimeSpan;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public ScaledTimer(ScaledClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        (_clock, _callback, _state) = (clock, callback, state);
        _timer = clock.CreateRealTimer(static timer => ((ScaledTimer)timer!).OnRealTimer(), this);
        Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _setAt = _clock.GetTimestamp();
            (_dueTime, _period) = (dueTime, period);
            return SetRealTimer(dueTime);
        }
    }

    public void Dispose() => _timer.Dispose();

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void OnRealTimer()
    {
        lock (_gate)
        {
            if (_dueTime == Timeout.InfiniteTimeSpan)
            {
                return;   // changed after the real timer had fired
            }

            var left = _dueTime - _clock.GetElapsedTime(_setAt);
            if (left > TimeSpan.Zero)
            {
                SetRealTimer(left);
                return;
            }

            _setAt = _clock.GetTimestamp();
            _dueTime = _period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan;
            SetRealTimer(_dueTime);
        }

        _callback(_state);
    }

    private bool SetRealTimer(TimeSpan scaled)
    {
        var wait = _clock.ToReal(scaled);
        if (wait > LongestRealWait)
        {
            wait = LongestRealWait;
        }
        else if (wait > TimeSpan.Zero)
        {
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));   // real timers drop fractions of a millisecond
        }

        return _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
