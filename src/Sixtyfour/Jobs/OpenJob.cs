using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Jobs;

/// <summary>A job that somebody in this process waits for. It is asked about once for all its waiters.</summary>
internal sealed class OpenJob : QueuedJob
{
    private int _waiters;
    private int _attending;
    private int _withoutWebhook;
    private bool _webhookCame;
    private bool _hasEnded;
    private Observation _last;

    public OpenJob(string id, long joined)
    {
        Id = id;
        Joined = joined;
        _last = BeforeLast;
    }

    public string Id { get; }

    /// <summary>The time stamp of the first wait.</summary>
    public long Joined { get; }

    /// <summary>Where a new waiter begins: before the last look, so that it is told at once what is known already.</summary>
    public Observation BeforeLast { get; private set; } = new(null);

    /// <summary>Looks that failed in passing, one after the other.</summary>
    public int Failures { get; set; }

    /// <summary>Ends the look that is being made.</summary>
    public CancellationTokenSource? Asking { get; set; }

    public void Join(JobWait wait)
    {
        _waiters++;
        _attending += wait.IsAttended ? 1 : 0;
        _withoutWebhook += wait.ExpectsWebhook ? 0 : 1;
        Reckon();
    }

    /// <summary>True when the last waiter has left.</summary>
    public bool Leave(JobWait wait)
    {
        _attending -= wait.IsAttended ? 1 : 0;
        _withoutWebhook -= wait.ExpectsWebhook ? 0 : 1;
        if (--_waiters is 0)
        {
            return true;
        }

        Reckon();
        return false;
    }

    /// <summary>No other one is going to come, even when the status does not show the end yet.</summary>
    public void WebhookCame()
    {
        _webhookCame = true;
        Reckon();
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

    private void Reckon()
    {
        IsSingleWait = _attending > 0;
        ExpectsWebhook = _withoutWebhook is 0 && !_webhookCame;
    }
}
