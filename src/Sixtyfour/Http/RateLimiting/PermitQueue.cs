namespace Sixtyfour.Http.RateLimiting;

/// <summary>What a permit is for.</summary>
internal enum PermitKind
{
    /// <summary>A caller waits for the answer.</summary>
    Call,

    /// <summary>The same, and the service is silent until an agent has finished.</summary>
    AgentCall,

    /// <summary>A poll of a job, or a start of a many-run: calls go first.</summary>
    Background,
}

/// <summary>First come, first served, and calls before background requests; but after nine calls in a row a background request goes.</summary>
internal sealed class PermitQueue
{
    private readonly LinkedList<Waiter> _calls = new();
    private readonly LinkedList<Waiter> _background = new();
    private int _callsInARow;

    public bool IsEmpty => _calls.Count + _background.Count is 0;

    public Waiter? First => _background.First is { } background && (_calls.Count is 0 || _callsInARow >= RateLimitRules.CallsBeforePoll)
        ? background.Value
        : _calls.First?.Value;

    public void Add(Waiter waiter) => waiter.Place = QueueOf(waiter.Kind).AddLast(waiter);

    public static void Remove(Waiter waiter)
    {
        if (waiter.Place is { } place)
        {
            place.List!.Remove(place);
            waiter.Place = null;
        }
    }

    /// <summary>Whether a newcomer would have to queue.</summary>
    public bool MustQueue(PermitKind kind) =>
        QueueOf(kind).Count > 0 || (kind is PermitKind.Background ? _calls.Count > 0 : First is { Kind: PermitKind.Background });

    public void Granted(PermitKind kind) => _callsInARow = kind is PermitKind.Background || _background.Count is 0 ? 0 : _callsInARow + 1;

    private LinkedList<Waiter> QueueOf(PermitKind kind) => kind is PermitKind.Background ? _background : _calls;

    internal sealed class Waiter(PermitKind kind) : TaskCompletionSource<Slot?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public PermitKind Kind { get; } = kind;

        /// <summary>Its place; null once it has left the queue.</summary>
        public LinkedListNode<Waiter>? Place { get; set; }
    }
}
