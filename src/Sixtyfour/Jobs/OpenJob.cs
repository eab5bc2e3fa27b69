namespace Sixtyfour.Jobs;

/// <summary>A job that somebody in this process waits for. It is asked about once for all its waiters.</summary>
internal sealed class OpenJob : IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();
    private TaskCompletionSource<bool> _news = NewSignal();
    private int _waiters;
    private int _withoutWebhook;
    private bool _hasEnded;

    public OpenJob(string id)
    {
        Id = id;
        Last = BeforeLast;
    }

    public string Id { get; }

    /// <summary>Where a new waiter begins: before the last look, so that it is told at once what is known already.</summary>
    public Observation BeforeLast { get; private set; } = new(null);

    private Observation Last { get; set; }

    /// <summary>Nobody waits any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    public bool ExpectsWebhook => Volatile.Read(ref _withoutWebhook) is 0;

    /// <summary>Completes when a webhook says that there is news, or a waiter comes who expects none.</summary>
    public Task News => Volatile.Read(ref _news).Task;

    public void Join(bool expectsWebhook)
    {
        _waiters++;
        _withoutWebhook += expectsWebhook ? 0 : 1;
    }

    /// <summary>True when the last waiter has left.</summary>
    public bool Leave(bool expectsWebhook)
    {
        _withoutWebhook -= expectsWebhook ? 0 : 1;
        return --_waiters is 0;
    }

    public void Abandon() => _abandoned.Cancel();

    public void Notify() => Interlocked.Exchange(ref _news, NewSignal()).TrySetResult(true);

    public void Publish(JobSnapshot snapshot)
    {
        if (_hasEnded)
        {
            return;
        }

        BeforeLast = Last;
        Last = Last.Follow(snapshot);
    }

    public void End(Exception error)
    {
        _hasEnded = true;
        Last.End(error);
    }

    public void Dispose() => _abandoned.Dispose();

    private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
