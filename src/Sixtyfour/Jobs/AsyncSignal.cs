namespace Sixtyfour.Jobs;

/// <summary>Ends one wait: when it is set or after a time. A signal that is set while there is no wait ends the next one.</summary>
internal sealed class AsyncSignal(TimeProvider clock)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private TaskCompletionSource<bool>? _waiting;
    private bool _isSet;

    public void Set()
    {
        lock (_gate)
        {
            _isSet = _waiting is null;
            _waiting?.TrySetResult(true);
            _waiting = null;
        }
    }

    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> waiting;
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return;
            }

            _waiting = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        var wait = longest < ShortestWait ? ShortestWait : longest > LongestWait ? LongestWait : longest;
        using var cancellation = cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        using var timer = clock.CreateTimer(static signal => ((AsyncSignal)signal!).Set(), this, wait, Timeout.InfiniteTimeSpan);
        await waiting.Task.ConfigureAwait(false);
    }
}
