namespace Sixtyfour.Http.Budget;

/// <summary>Whoever came first goes first, calls before what runs in the background; but that goes, too, once nine calls have passed it.</summary>
internal sealed class TurnQueue
{
    private readonly LinkedList<TurnWaiter> _calls = new();
    private readonly LinkedList<TurnWaiter> _background = new();
    private int _callsInARow;

    public bool IsEmpty => _calls.Count + _background.Count is 0;

    public TurnWaiter? First => _background.First is { } polite && (_calls.Count is 0 || _callsInARow >= BudgetRules.CallsBeforePoll)
        ? polite.Value
        : _calls.First?.Value;

    public void Add(TurnWaiter waiter) => waiter.Place = LineOf(waiter.Kind).AddLast(waiter);

    public static void Remove(TurnWaiter waiter)
    {
        if (waiter.Place is { } place)
        {
            place.List!.Remove(place);
            waiter.Place = null;
        }
    }

    /// <summary>Whether a newcomer would have to queue.</summary>
    public bool IsAheadOf(TurnKind kind) => LineOf(kind).Count > 0 || (kind is TurnKind.Background ? _calls.Count > 0 : First is { Kind: TurnKind.Background });

    public void Went(TurnKind kind) => _callsInARow = kind is TurnKind.Background || _background.Count is 0 ? 0 : _callsInARow + 1;

    private LinkedList<TurnWaiter> LineOf(TurnKind kind) => kind is TurnKind.Background ? _background : _calls;
}
