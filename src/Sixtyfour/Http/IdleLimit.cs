namespace Sixtyfour.Http;

/// <summary>Ends the attempt of a transfer when no byte has moved for a while.</summary>
internal sealed class IdleLimit : IDisposable
{
    private readonly CancellationTokenSource _attempt;
    private readonly TimeSpan _idle;
    private readonly TimeSpan _answer;
    private readonly ITimer _timer;
    private volatile bool _isSent;
    private volatile bool _hasPassed;

    /// <param name="idle">How long no byte may move.</param>
    /// <param name="answer">How long the answer to an upload may take, once its last byte was sent.</param>
    /// <param name="attempt">What is canceled.</param>
    /// <param name="clock">The time.</param>
    public IdleLimit(TimeSpan idle, TimeSpan answer, CancellationTokenSource attempt, TimeProvider clock)
    {
        _idle = idle;
        _answer = answer;
        _attempt = attempt;
        _timer = clock.CreateTimer(static limit => ((IdleLimit)limit!).Pass(), this, idle, Timeout.InfiniteTimeSpan);
    }

    public bool HasPassed => _hasPassed;

    /// <summary>Which limit has passed, in words; null when none has.</summary>
    public string? Passed => !_hasPassed ? null
        : _isSent ? $"no answer within {_answer:g} after the last byte was sent"
        : $"no byte moved for {_idle:g}";

    public void Moved()
    {
        _isSent = false;
        _timer.Change(_idle, Timeout.InfiniteTimeSpan);
    }

    public void Sent()
    {
        _isSent = true;
        _timer.Change(_answer, Timeout.InfiniteTimeSpan);
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
