namespace Sixtyfour.Research;

/// <summary>Outcomes for the caller: in the order they arrive, or in the order of the inputs.</summary>
internal sealed class OutcomeQueue<TOutcome>(bool keepOrder)
    where TOutcome : class
{
    private readonly object _gate = new();
    private readonly Queue<TOutcome> _ready = new();
    private readonly Dictionary<long, TOutcome?> _early = [];
    private TaskCompletionSource<bool>? _waiting;
    private long _next;
    private bool _isComplete;
    private Action<TOutcome>? _abandoned;

    /// <param name="index">The position of the input.</param>
    /// <param name="outcome">Null when the input has none, because the run ended before it was started.</param>
    public void Add(long index, TOutcome? outcome)
    {
        Action<TOutcome>? abandoned;
        lock (_gate)
        {
            abandoned = _abandoned;
            if (abandoned is null)
            {
                AddInOrder(index, outcome);
            }
        }

        if (abandoned is not null && outcome is not null)
        {
            abandoned(outcome);
        }
    }

    /// <summary>The caller takes no more outcomes: those in the queue and later ones go to <paramref name="notTaken"/>.</summary>
    public void Abandon(Action<TOutcome> notTaken)
    {
        TOutcome[] left;
        lock (_gate)
        {
            _abandoned = notTaken;
            left = [.. _ready, .. _early.OrderBy(early => early.Key).Select(early => early.Value).OfType<TOutcome>()];
            _ready.Clear();
            _early.Clear();
        }

        foreach (var outcome in left)
        {
            notTaken(outcome);
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Signal();
        }
    }

    public bool TryTake(out TOutcome? outcome)
    {
        lock (_gate)
        {
            outcome = _ready.Count > 0 ? _ready.Dequeue() : null;
            return outcome is not null;
        }
    }

    /// <summary>False when nothing more will come.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> waiting;
        lock (_gate)
        {
            if (_ready.Count > 0 || _isComplete)
            {
                return _ready.Count > 0;
            }

            _waiting = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        using var leaves = cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        return await waiting.Task.ConfigureAwait(false);
    }

    private void AddInOrder(long index, TOutcome? outcome)
    {
        if (!keepOrder)
        {
            Enqueue(outcome);
            return;
        }

        _early.Add(index, outcome);
        while (_early.TryGetValue(_next, out var next))
        {
            _early.Remove(_next++);
            Enqueue(next);
        }
    }

    private void Enqueue(TOutcome? outcome)
    {
        if (outcome is not null)
        {
            _ready.Enqueue(outcome);
            Signal();
        }
    }

    private void Signal()
    {
        _waiting?.TrySetResult(_ready.Count > 0);
        _waiting = null;
    }
}
