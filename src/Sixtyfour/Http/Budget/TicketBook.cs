namespace Sixtyfour.Http.Budget;

/// <summary>
/// Which slots are held: each until a minute after the moment the service must have counted its request, when the answer came but at most 5 seconds after
/// sending. With no more slots than the limit, no window of the service's, fixed or sliding, can hold more requests of ours than it allows.
/// </summary>
internal sealed class TicketBook
{
    private readonly Queue<Ticket> _flying = new();
    private readonly Queue<Ticket> _pendingAgentCalls = new();
    private readonly Queue<Ticket> _counted = new();
    private readonly Queue<TimeSpan> _burst = new();
    private int _reserved;
    private long _sent;

    /// <summary>Slots held.</summary>
    public int Held { get; private set; }

    /// <summary>Requests on their way that the service may not have counted yet, those about to leave included.</summary>
    public int Pending { get; private set; }

    /// <summary>How many slots have come back by the passing of time, ever.</summary>
    public long Returned { get; private set; }

    /// <summary>How many slots were taken, ever.</summary>
    public long Taken { get; private set; }

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

    public Ticket Reserve(bool isAgentCall)
    {
        var ticket = new Ticket(isAgentCall) { IsPending = true };
        Taken++;
        _reserved++;
        Held++;
        Pending++;
        return ticket;
    }

    public void GiveBack(Ticket ticket)
    {
        ticket.State = TicketState.Free;
        ticket.IsPending = false;
        _reserved--;
        Held--;
        Pending--;
    }

    /// <summary>It holds its slot as long as its body is on the way, and does not keep others from going.</summary>
    public void Upload(Ticket ticket)
    {
        Settle(ticket);
        Leave(ticket);
        ticket.State = TicketState.Uploading;
    }

    public void Send(Ticket ticket, TimeSpan now)
    {
        if (ticket.State is TicketState.Reserved)
        {
            Leave(ticket);
        }

        ticket.State = TicketState.Flying;
        ticket.SentAt = now;
        ticket.Number = ++_sent;
        _reserved--;
        _flying.Enqueue(ticket);
        _burst.Enqueue(now);
        if (ticket.IsAgentCall)
        {
            _pendingAgentCalls.Enqueue(ticket);
        }
    }

    /// <summary>Answered, or lost: counted by now.</summary>
    public void Count(Ticket ticket, TimeSpan now)
    {
        Settle(ticket);
        if (ticket.State is TicketState.Flying)
        {
            ticket.State = TicketState.Counted;
            ticket.FreeAt = now + BudgetRules.Window;
            _counted.Enqueue(ticket);
        }
    }

    /// <summary>Refused, so it never counted.</summary>
    public void Release(Ticket ticket)
    {
        Settle(ticket);
        if (ticket.State is TicketState.Flying or TicketState.Counted)
        {
            ticket.State = TicketState.Free;
            Held--;
        }
    }

    /// <summary>Lets time pass. To be called before anything is asked or told, so that slots come back in order.</summary>
    /// <returns>How many agent calls have become old enough to count as let in.</returns>
    public int Advance(TimeSpan now)
    {
        var accepted = 0;
        while (Head(_pendingAgentCalls, ticket => ticket.IsPending) is { } call && call.SentAt + BudgetRules.PresumedAccepted <= now)
        {
            Settle(call);
            call.IsAccepted = true;
            accepted++;
        }

        while (Head(_flying, ticket => ticket.State is TicketState.Flying) is { } silent && silent.SentAt + BudgetRules.LatestCount <= now)
        {
            Count(silent, silent.SentAt + BudgetRules.LatestCount);
        }

        while (Head(_counted, ticket => ticket.State is TicketState.Counted) is { } oldest && oldest.FreeAt <= now)
        {
            oldest.State = TicketState.Free;
            Held--;
            Returned++;
        }

        while (_burst.Count > 0 && _burst.Peek() + BudgetRules.ListeningGap <= now)
        {
            _burst.Dequeue();
        }

        return accepted;
    }

    private void Leave(Ticket ticket) => ticket.FreeBefore = Taken - Held;

    private void Settle(Ticket ticket)
    {
        if (ticket.IsPending)
        {
            ticket.IsPending = false;
            Pending--;
        }
    }

    private static Ticket? Head(Queue<Ticket> queue, Func<Ticket, bool> isThere)
    {
        while (queue.Count > 0)
        {
            var ticket = queue.Peek();
            if (isThere(ticket))
            {
                return ticket;
            }

            queue.Dequeue();
        }

        return null;
    }

    public static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null ? other : other is null || one < other ? one : other;
}
