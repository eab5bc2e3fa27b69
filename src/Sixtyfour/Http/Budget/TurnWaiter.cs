namespace Sixtyfour.Http.Budget;

/// <summary>Who queues for a turn.</summary>
internal sealed class TurnWaiter(TurnKind kind) : TaskCompletionSource<Ticket?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public TurnKind Kind { get; } = kind;

    /// <summary>Its place; null once it has left the queue.</summary>
    public LinkedListNode<TurnWaiter>? Place { get; set; }
}
