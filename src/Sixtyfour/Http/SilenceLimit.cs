namespace Sixtyfour.Http;

/// <summary>Ends the attempt of a transfer when nothing has moved for a while.</summary>
internal sealed class SilenceLimit : IDisposable
{
    private readonly CancellationTokenSource _attempt;
    private readonly TimeSpan _betweenBytes;
    private readonly TimeSpan _forAnswer;
    private readonly ITimer _timer;
    private volatile bool _hasLeft;
    private volatile bool _hasPassed;

    public SilenceLimit(TimeSpan betweenBytes, TimeSpan forAnswer, CancellationTokenSource attempt, TimeProvider clock)
    {
        _betweenBytes = betweenBytes;
        _forAnswer = forAnswer;
        _attempt = attempt;
        _timer = clock.CreateTimer(static limit => ((SilenceLimit)limit!).Pass(), this, betweenBytes, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Which limit has passed, in words; null when none has.</summary>
    public string? Passed => !_hasPassed ? null
        : _hasLeft ? $"no answer within {_forAnswer:g} after the last byte had left"
        : $"not a byte moved for {_betweenBytes:g}";

    public void Moved()
    {
        _hasLeft = false;
        _timer.Change(_betweenBytes, Timeout.InfiniteTimeSpan);
    }

    public void Left()
    {
        _hasLeft = true;
        _timer.Change(_forAnswer, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Pass()
    {
        _hasPassed = true;
        try
        {
            _attempt.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended while the timer fired.
        }
    }
}
