using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Jobs;

/// <summary>A job that is waited for in this process. It is polled once for all its waiters.</summary>
internal sealed class OpenJob : QueuedJob
{
    private int _waiters;
    private int _singleWaits;
    private int _withoutWebhook;
    private bool _webhookCame;
    private bool _hasEnded;
    private SnapshotNode _last;

    public OpenJob(string id, long joined)
    {
        Id = id;
        Joined = joined;
        _last = BeforeLast;
    }

    public string Id { get; }

    /// <summary>The time stamp of the first wait.</summary>
    public long Joined { get; }

    /// <summary>Where a new waiter begins: before the last snapshot, so that it gets that one at once.</summary>
    public SnapshotNode BeforeLast { get; private set; } = new(null);

    /// <summary>The failed polls since the last successful one; null when there are none.</summary>
    public PollFailures? Failures { get; set; }

    /// <summary>Cancels the poll that is under way.</summary>
    public CancellationTokenSource? Polling { get; set; }

    public void Join(JobWait wait)
    {
        _waiters++;
        _singleWaits += wait.IsSingle ? 1 : 0;
        _withoutWebhook += wait.ExpectsWebhook ? 0 : 1;
        Recount();
    }

    /// <summary>True when the last waiter has left.</summary>
    public bool Leave(JobWait wait)
    {
        _singleWaits -= wait.IsSingle ? 1 : 0;
        _withoutWebhook -= wait.ExpectsWebhook ? 0 : 1;
        if (--_waiters is 0)
        {
            return true;
        }

        Recount();
        return false;
    }

    /// <summary>No further webhook will come, even if the status does not show the end yet.</summary>
    public void WebhookCame()
    {
        _webhookCame = true;
        Recount();
    }

    public void Publish(JobSnapshot snapshot)
    {
        if (_hasEnded)
        {
            return;
        }

        BeforeLast = _last;
        _last = _last.Follow(snapshot);
    }

    public void End(Exception error)
    {
        _hasEnded = true;
        _last.End(error);
    }

    private void Recount()
    {
        IsSingleWait = _singleWaits > 0;
        ExpectsWebhook = _withoutWebhook is 0 && !_webhookCame;
    }
}

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
