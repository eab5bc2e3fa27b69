using System.Runtime.ExceptionServices;

namespace Sixtyfour.Bulk;

/// <summary>The concurrent tasks of a run. The first failure stops them all, and is what the run fails with.</summary>
internal sealed class TaskGroup(CancellationToken caller) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
    private readonly List<Task> _tasks = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Fires when the tasks must stop.</summary>
    public CancellationToken Stop => _stop.Token;

    public void Start(Func<Task> work)
    {
        _tasks.RemoveAll(task => task.IsCompleted);
        _tasks.Add(GuardAsync(work));
    }

    /// <summary>Waits until one of them has ended; false when none is running.</summary>
    public async Task<bool> OneEndsAsync()
    {
        _tasks.RemoveAll(task => task.IsCompleted);
        if (_tasks.Count is 0)
        {
            return false;
        }

        await Task.WhenAny(_tasks).ConfigureAwait(false);
        return true;
    }

    /// <summary>Runs the last task, and ends when all tasks have ended.</summary>
    public async Task RunToEndAsync(Func<Task> work)
    {
        await GuardAsync(work).ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(false);
        if (caller.IsCancellationRequested && _failure?.SourceException is OperationCanceledException canceled)
        {
            throw new OperationCanceledException(
                "The run was canceled. The jobs it started go on: run again with the same journal to continue.", canceled.InnerException, caller);
        }

        _failure?.Throw();
    }

    public void Dispose() => _stop.Dispose();

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Later failures of the other tasks follow from this one.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            _stop.Cancel();
        }
    }
}
