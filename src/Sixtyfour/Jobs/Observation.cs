namespace Sixtyfour.Jobs;

/// <summary>One look at a job in a chain: whoever holds it can await the next one. Each waiter walks the chain at its own pace.</summary>
internal sealed class Observation(JobSnapshot? snapshot)
{
    private readonly TaskCompletionSource<Observation> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobSnapshot? Snapshot { get; } = snapshot;

    public Task<Observation> Next => _next.Task;

    public Observation Follow(JobSnapshot snapshot)
    {
        var next = new Observation(snapshot);
        _next.TrySetResult(next);
        return next;
    }

    public void End(Exception error)
    {
        _next.TrySetException(error);
        // Nobody may be waiting any more; that is no fault of anybody's.
        _ = _next.Task.Exception;
    }
}
