using Sixtyfour.Jobs.Scheduling;

namespace Sixtyfour.Jobs;

/// <summary>A job that somebody in this process waits for. It is asked about once for all its waiters.</summary>
internal sealed class OpenJob(string id, long joined) : ScheduledJob
{
    private int _waiters;
    private int _attending;
    private int _withoutWebhook;

    public string Id { get; } = id;

    /// <summary>The time stamp of the first wait.</summary>
    public long Joined { get; } = joined;

    public Observation Last { get; private set; } = new(null);

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

    public void Publish(JobSnapshot snapshot) => Last = Last.Follow(snapshot);

    public void End(Exception error) => Last.End(error);

    private void Reckon()
    {
        IsAttended = _attending > 0;
        ExpectsWebhook = _withoutWebhook is 0;
    }
}
