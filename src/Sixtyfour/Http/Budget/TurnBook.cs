namespace Sixtyfour.Http.Budget;

/// <summary>
/// Which slots are held: each until a minute after the moment the service must have counted its request, when the answer came but at most 5 seconds after
/// sending. With no more slots than the limit, no window of the service's, fixed or sliding, can hold more requests of ours than it allows.
/// </summary>
internal sealed class TurnBook
{
    private readonly Queue<Turn> _flying = new();
    private readonly Queue<Turn> _pendingAgentCalls = new();
    private readonly Queue<Turn> _counted = new();
    private readonly Queue<TimeSpan> _burst = new();
    private int _reserved;

    /// <summary>Slots held.</summary>
    public int Held { get; private set; }

    /// <summary>Requests on their way that the service may not have counted yet, those about to leave included.</summary>
    public int Pending { get; private set; }

    /// <summary>How many slots have come back by the passing of time, ever.</summary>
    public long Returned { get; private set; }

    /// <summary>How many requests were sent, ever.</summary>
    public long Sent { get; private set; }

    /// <summary>Sent within the last 10 seconds.</summary>
    public int SentLately => _burst.Count + _reserved;

    public TimeSpan? FirstSentLately => _burst.Count > 0 ? _burst.Peek() : null;

    /// <summary>When the passing of time alone changes something next.</summary>
    public TimeSpan? NextChange =>
        Earlier(Earlier(
            _flying.Count > 0 ? _flying.Peek().SentAt + BudgetRules.LatestCount : null,
            _pendingAgentCalls.Count > 0 ? _pendingAgentCalls.Peek().SentAt + BudgetRules.PresumedAccepted : null),
            _counted.Count > 0 ? _counted.Peek().FreeAt : null);

    /// <summary>The earliest moment at which a slot can come back, unless a request is refused.</summary>
    public TimeSpan? NextFree => _counted.Count > 0 ? _counted.Peek().FreeAt : _flying.Count > 0 ? _flying.Peek().SentAt + BudgetRules.Window : null;

    public Turn Reserve(bool isAgentCall)
    {
        var turn = new Turn(isAgentCall) { HeldBefore = Held, IsPending = true };
        _reserved++;
        Held++;
        Pending++;
        return turn;
    }

    public void GiveBack(Turn turn)
    {
        turn.State = TurnState.Free;
        turn.IsPending = false;
        _reserved--;
        Held--;
        Pending--;
    }

    public void Send(Turn turn, TimeSpan now)
    {
        turn.State = TurnState.Flying;
        turn.SentAt = now;
        turn.Number = ++Sent;
        _reserved--;
        _flying.Enqueue(turn);
        _burst.Enqueue(now);
        if (turn.IsAgentCall)
        {
            _pendingAgentCalls.Enqueue(turn);
        }
    }

    /// <summary>Answered, or lost: counted by now.</summary>
    public void Count(Turn turn, TimeSpan now)
    {
        Settle(turn);
        if (turn.State is TurnState.Flying)
        {
            turn.State = TurnState.Counted;
            turn.FreeAt = now + BudgetRules.Window;
            _counted.Enqueue(turn);
        }
    }

    /// <summary>Refused, so it never counted.</summary>
    public void Release(Turn turn)
    {
        Settle(turn);
        if (turn.State is TurnState.Flying or TurnState.Counted)
        {
            turn.State = TurnState.Free;
            Held--;
        }
    }

    /// <summary>Lets time pass. To be called before anything is asked or told, so that slots come back in order.</summary>
    /// <returns>How many agent calls have become old enough to count as let in.</returns>
    public int Advance(TimeSpan now)
    {
        var accepted = 0;
        while (Head(_pendingAgentCalls, turn => turn.IsPending) is { } call && call.SentAt + BudgetRules.PresumedAccepted <= now)
        {
            Settle(call);
            call.IsAccepted = true;
            accepted++;
        }

        while (Head(_flying, turn => turn.State is TurnState.Flying) is { } silent && silent.SentAt + BudgetRules.LatestCount <= now)
        {
            Count(silent, silent.SentAt + BudgetRules.LatestCount);
        }

        while (Head(_counted, turn => turn.State is TurnState.Counted) is { } oldest && oldest.FreeAt <= now)
        {
            oldest.State = TurnState.Free;
            Held--;
            Returned++;
        }

        while (_burst.Count > 0 && _burst.Peek() + BudgetRules.ListeningGap <= now)
        {
            _burst.Dequeue();
        }

        return accepted;
    }

    private void Settle(Turn turn)
    {
        if (turn.IsPending)
        {
            turn.IsPending = false;
            Pending--;
        }
    }

    private static Turn? Head(Queue<Turn> queue, Func<Turn, bool> isThere)
    {
        while (queue.Count > 0)
        {
            var turn = queue.Peek();
            if (isThere(turn))
            {
                return turn;
            }

            queue.Dequeue();
        }

        return null;
    }

    public static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null ? other : other is null || one < other ? one : other;
}
