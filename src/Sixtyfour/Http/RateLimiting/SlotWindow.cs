namespace Sixtyfour.Http.RateLimiting;

/// <summary>
/// Which slots are held: each until a minute after the service must have counted its request, which is when the answer came but at most 5 seconds after
/// sending. With no more slots than the limit, no window of the service, fixed or sliding, can hold more of our requests than it allows.
/// </summary>
internal sealed class SlotWindow
{
    private readonly Queue<Slot> _inFlight = new();
    private readonly Queue<Slot> _pendingAgentCalls = new();
    private readonly Queue<Slot> _counted = new();
    private readonly Queue<TimeSpan> _burst = new();
    private int _reserved;
    private long _sent;

    /// <summary>Slots held.</summary>
    public int Held { get; private set; }

    /// <summary>Requests on their way that the service may not have counted yet, including those about to be sent.</summary>
    public int Pending { get; private set; }

    /// <summary>How many slots have ever been freed by the passing of time.</summary>
    public long Returned { get; private set; }

    /// <summary>How many slots were ever taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Sent within the last 10 seconds.</summary>
    public int RecentlySent => _burst.Count + _reserved;

    public TimeSpan? FirstRecentlySent => _burst.Count > 0 ? _burst.Peek() : null;

    /// <summary>When the passing of time next changes something.</summary>
    public TimeSpan? NextChange =>
        Earlier(Earlier(
            _inFlight.Count > 0 ? _inFlight.Peek().SentAt + RateLimitRules.LatestCount : null,
            _pendingAgentCalls.Count > 0 ? _pendingAgentCalls.Peek().SentAt + RateLimitRules.PresumedAccepted : null),
            _counted.Count > 0 ? _counted.Peek().FreeAt : null);

    /// <summary>The earliest time at which a slot can be freed, unless a request is refused.</summary>
    public TimeSpan? NextFree => _counted.Count > 0 ? _counted.Peek().FreeAt : _inFlight.Count > 0 ? _inFlight.Peek().SentAt + RateLimitRules.Window : null;

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

    /// <summary>It holds its slot while its body is being sent, and does not keep others from being sent.</summary>
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

        slot.State = SlotState.InFlight;
        slot.SentAt = now;
        slot.Number = ++_sent;
        _reserved--;
        _inFlight.Enqueue(slot);
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
        if (slot.State is SlotState.InFlight)
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
        if (slot.State is SlotState.InFlight or SlotState.Counted)
        {
            slot.State = SlotState.Free;
            Held--;
        }
    }

    /// <summary>Advances to a time. Call it before anything else, so that slots are freed in order.</summary>
    /// <returns>How many agent calls have become old enough to count as accepted.</returns>
    public int Advance(TimeSpan now)
    {
        var accepted = 0;
        while (Head(_pendingAgentCalls, slot => slot.IsPending) is { } call && call.SentAt + RateLimitRules.PresumedAccepted <= now)
        {
            Settle(call);
            call.IsAccepted = true;
            accepted++;
        }

        while (Head(_inFlight, slot => slot.State is SlotState.InFlight) is { } silent && silent.SentAt + RateLimitRules.LatestCount <= now)
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

/// <summary>One slot of the limit, and the state of its request.</summary>
internal sealed class Slot(bool isAgentCall)
{
    /// <summary>The call is silent for minutes by design.</summary>
    public bool IsAgentCall { get; } = isAgentCall;

    public SlotState State { get; set; }

    /// <summary>Numbers the requests in the order of sending.</summary>
    public long Number { get; set; }

    public TimeSpan SentAt { get; set; }

    /// <summary>Known once the service must have counted the request.</summary>
    public TimeSpan FreeAt { get; set; }

    /// <summary>How many of the slots ever taken were free again when the request was sent.</summary>
    public long FreeBefore { get; set; }

    /// <summary>Sent, not answered, and not old enough to count as accepted.</summary>
    public bool IsPending { get; set; }

    /// <summary>Accepted, as far as is known.</summary>
    public bool IsAccepted { get; set; }
}

internal enum SlotState
{
    /// <summary>Taken, not sent.</summary>
    Reserved,

    /// <summary>Its body is being sent.</summary>
    Uploading,

    /// <summary>Sent; the service may not have counted it yet.</summary>
    InFlight,

    /// <summary>Counted by the service; holds its slot for a minute.</summary>
    Counted,

    /// <summary>The slot is free again.</summary>
    Free,
}
