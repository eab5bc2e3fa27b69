namespace Sixtyfour.Jobs;

/// <summary>Wakes the one who waits, at a time or when there is news. A ring that nobody hears is heard by the next wait.</summary>
internal sealed class Alarm(TimeProvider clock)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private TaskCompletionSource<bool>? _waiting;
    private bool _hasRung;

    public void Ring()
    {
        lock (_gate)
        {
            _hasRung = _waiting is null;
            _waiting?.TrySetResult(true);
            _waiting = null;
        }
    }

    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> waiting;
        lock (_gate)
        {
            if (_hasRung)
            {
                _hasRung = false;
                return;
            }

            _waiting = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        var wait = longest < ShortestWait ? ShortestWait : longest > LongestWait ? LongestWait : longest;
        using var leaves = cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        using var timer = clock.CreateTimer(static alarm => ((Alarm)alarm!).Ring(), this, wait, Timeout.InfiniteTimeSpan);
        await waiting.Task.ConfigureAwait(false);
    }
}
