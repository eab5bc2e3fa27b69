namespace Sixtyfour.Emulator.Clocks;

/// <summary>A clock that runs <paramref name="scale"/> times as fast as the real one, timers included.</summary>
internal sealed class ScaledClock(TimeProvider real, double scale) : TimeProvider
{
    private readonly long _startStamp = real.GetTimestamp();
    private readonly DateTimeOffset _startTime = real.GetUtcNow();

    public double Scale => scale;

    public override long TimestampFrequency => real.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override long GetTimestamp() => _startStamp + (long)((real.GetTimestamp() - _startStamp) * scale);

    public override DateTimeOffset GetUtcNow() => _startTime + real.GetElapsedTime(_startStamp) * scale;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new ScaledTimer(this, callback, state, dueTime, period);
    }

    internal ITimer CreateRealTimer(TimerCallback callback, object? state) =>
        real.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    internal TimeSpan ToReal(TimeSpan span) => span <= TimeSpan.Zero ? span : span / scale;
}
