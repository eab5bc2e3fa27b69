namespace Sixtyfour.Http.RateLimiting;

/// <summary>
/// Which slots are held: each until a minute after the moment the service must have counted its request, when the answer came but at most 5 seconds after
/// sending. With no more slots than the limit, no window of the service's, fixed or sliding, can hold more requests of ours than it allows.
/// </summary>
internal sealed class SlotWindow
{
    private readonly Queue<Slot> _flying = new();
    private readonly Queue<Slot> _pendingAgentCalls = new();
    private readonly Queue<Slot> _counted = new();
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
            _flying.Count > 0 ? _flying.Peek().SentAt + RateLimitRules.LatestCount : null,
            _pendingAgentCalls.Count > 0 ? _pendingAgentCalls.Peek().SentAt + RateLimitRules.PresumedAccepted : null),
            _counted.Count > 0 ? _counted.Peek().FreeAt : null);

    /// <summary>The earliest moment at which a slot can come back, unless a request is refused.</summary>
    public TimeSpan? NextFree => _counted.Count > 0 ? _counted.Peek().FreeAt : _flying.Count > 0 ? _flying.Peek().SentAt + RateLimitRules.Window : null;

    public Slot Reserve(bool isAgentCall)
    {
        var slot = new Slot(isAgentCall) { IsPending = true };
        Taken++;
        _reserved++;
        Held++;
        Pending++;
        return slot;
    }

    public void GiveBack(Slot slot)
    {
        slot.State = SlotState.Free;
        slot.IsPending = false;
        _reserved--;
        Held--;
        Pending--;
    }

    /// <summary>It holds its slot as long as its body is on the way, and does not keep others from going.</summary>
    public void Upload(Slot slot)
    {
        Settle(slot);
        Leave(slot);
        slot.State = SlotState.Uploading;
    }

    public void Send(Slot slot, TimeSpan now)
    {
        if (slot.State is SlotState.Reserved)
        {
            Leave(slot);
        }

        slot.State = SlotState.Flying;
        slot.SentAt = now;
        slot.Number = ++_sent;
        _reserved--;
        _flying.Enqueue(slot);
        _burst.Enqueue(now);
        if (slot.IsAgentCall)
        {
            _pendingAgentCalls.Enqueue(slot);
        }
    }

    /// <summary>Answered, or lost: counted by now.</summary>
    public void Count(Slot slot, TimeSpan now)
    {
        Settle(slot);
        if (slot.State is SlotState.Flying)
        {
            slot.State = SlotState.Counted;
            slot.FreeAt = now + RateLimitRules.Window;
            _counted.Enqueue(slot);
        }
    }

    /// <summary>Refused, so it never counted.</summary>
    public void Release(Slot slot)
    {
        Settle(slot);
        if (slot.State is SlotState.Flying or SlotState.Counted)
        {
            slot.State = SlotState.Free;
            Held--;
        }
    }

    /// <summary>Lets time pass. To be called before anything is asked or told, so that slots come back in order.</summary>
    /// <returns>How many agent calls have become old enough to count as let in.</returns>
    public int Advance(TimeSpan now)
    {
        var accepted = 0;
        while (Head(_pendingAgentCalls, slot => slot.IsPending) is { } call && call.SentAt + RateLimitRules.PresumedAccepted <= now)
        {
            Settle(call);
            call.IsAccepted = true;
            accepted++;
        }

        while (Head(_flying, slot => slot.State is SlotState.Flying) is { } silent && silent.SentAt + RateLimitRules.LatestCount <= now)
        {
            Count(silent, silent.SentAt + RateLimitRules.LatestCount);
        }

        while (Head(_counted, slot => slot.State is SlotState.Counted) is { } oldest && oldest.FreeAt <= now)
        {
            oldest.State = SlotState.Free;
            Held--;
            Returned++;
        }

        while (_burst.Count > 0 && _burst.Peek() + RateLimitRules.ListeningGap <= now)
        {
            _burst.Dequeue();
        }

        return accepted;
    }

    private void Leave(Slot slot) => slot.FreeBefore = Taken - Held;

    private void Settle(Slot slot)
    {
        if (slot.IsPending)
        {
            slot.IsPending = false;
            Pending--;
        }
    }

    private static Slot? Head(Queue<Slot> queue, Func<Slot, bool> isThere)
    {
        while (queue.Count > 0)
        {
            var slot = queue.Peek();
            if (isThere(slot))
            {
                return slot;
            }

            queue.Dequeue();
        }

        return null;
    }

    public static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null ? other : other is null || one < other ? one : other;
}

/// <summary>The right to send one request, and what has become of it.</summary>
internal sealed class Slot(bool isAgentCall)
{
    /// <summary>Silent for minutes when all is well.</summary>
    public bool IsAgentCall { get; } = isAgentCall;

    public SlotState State { get; set; }

    /// <summary>Counts the requests sent; orders answers by when their requests left.</summary>
    public long Number { get; set; }

    public TimeSpan SentAt { get; set; }

    /// <summary>Known once the service must have counted the request.</summary>
    public TimeSpan FreeAt { get; set; }

    /// <summary>How many of the slots ever taken were free again when the request left.</summary>
    public long FreeBefore { get; set; }

    /// <summary>Sent, not answered, and not so long ago that it must have been let in.</summary>
    public bool IsPending { get; set; }

    /// <summary>Let in, for all that is known.</summary>
    public bool IsAccepted { get; set; }
}

internal enum SlotState
{
    /// <summary>Taken, not sent.</summary>
    Reserved,

    /// <summary>Its body is on the way; when it will have been sent is unknown.</summary>
    Uploading,

    /// <summary>Sent; the service may not have counted it yet.</summary>
    Flying,

    /// <summary>Counted by now; holds its slot for a minute.</summary>
    Counted,

    /// <summary>The slot is free again.</summary>
    Free,
}
