namespace Sixtyfour.Jobs;

/// <summary>One snapshot of a job in a chain: from each node the next one can be awaited. Each waiter walks the chain at its own pace.</summary>
internal sealed class SnapshotNode(JobSnapshot? snapshot)
{
    private readonly TaskCompletionSource<SnapshotNode> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobSnapshot? Snapshot { get; } = snapshot;

    public Task<SnapshotNode> Next => _next.Task;

    public SnapshotNode Follow(JobSnapshot snapshot)
    {
        var next = new SnapshotNode(snapshot);
        _next.TrySetResult(next);
        return next;
    }

    public void End(Exception error)
    {
        _next.TrySetException(error);
        // Observed, since there may be no waiter left.
        _ = _next.Task.Exception;
    }
}
