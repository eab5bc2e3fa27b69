using System.Runtime.ExceptionServices;

namespace Sixtyfour.Bulk;

/// <summary>The work of a run that goes on at the same time. The first failure ends all of it, and is what the run fails with.</summary>
internal sealed class TaskGroup(CancellationToken caller) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
    private readonly List<Task> _tasks = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Ends whatever may be ended.</summary>
    public CancellationToken Stop => _stop.Token;

    public void Start(Func<Task> work)
    {
        _tasks.RemoveAll(task => task.IsCompleted);
        _tasks.Add(GuardAsync(work));
    }

    /// <summary>Waits until one of them has ended; false when none is under way.</summary>
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

    /// <summary>Does the last of the work, and ends when all of it has ended.</summary>
    public async Task RunToEndAsync(Func<Task> work)
    {
        await GuardAsync(work).ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(false);
        if (caller.IsCancellationRequested && _failure?.SourceException is OperationCanceledException cancelled)
        {
            throw new OperationCanceledException(
                "The run was cancelled. The jobs it had started go on: run again with the same journal to continue.", cancelled.InnerException, caller);
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
            // What the others end with afterwards follows from this one.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            _stop.Cancel();
        }
    }
}
