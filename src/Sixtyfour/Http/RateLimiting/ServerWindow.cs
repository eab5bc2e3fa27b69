namespace Sixtyfour.Http.RateLimiting;

/// <summary>What the headers of the newest answered request say about the service's window, and how far that is still true.</summary>
internal sealed class ServerWindow
{
    private long _newest;
    private int _remaining;
    private int _limit;
    private TimeSpan _seenAt = TimeSpan.MinValue;
    private TimeSpan _lastNotice = TimeSpan.MinValue;
    private long _returnedBefore;
    private DateTimeOffset? _reset;
    private bool _isReserving = true;
    private TimeSpan? _clockAhead;
    private TimeSpan _clockSeenAt;
    private TimeSpan? _aheadAtReset;

    /// <summary>The service's limit, if anything is known.</summary>
    public int Limit => _limit;

    public bool IsKnown(TimeSpan now) => _lastNotice != TimeSpan.MinValue && now - _lastNotice <= RateLimitRules.HeadersLast;

    public TimeSpan Age(TimeSpan now) => now - _seenAt;

    /// <summary>When the headers are next interpreted differently because of their age.</summary>
    public TimeSpan? NextChange(TimeSpan now) =>
        Age(now) < RateLimitRules.RemainingIsFresh ? _seenAt + RateLimitRules.RemainingIsFresh
        : Age(now) < RateLimitRules.RemainingIsStale ? _seenAt + RateLimitRules.RemainingIsStale
        : _lastNotice + RateLimitRules.HeadersLast + TimeSpan.FromTicks(1);

    /// <param name="notice">The headers.</param>
    /// <param name="slot">The request they answer.</param>
    /// <param name="now">When they came.</param>
    /// <param name="local">The same by this machine's clock.</param>
    /// <param name="returned">How many slots had been freed by then.</param>
    public void Update(RateLimitHeaders notice, Slot slot, TimeSpan now, DateTimeOffset local, long returned)
    {
        _lastNotice = now;
        if (slot.Number <= _newest)
        {
            return;
        }

        _newest = slot.Number;
        (_limit, _remaining, _seenAt, _returnedBefore) = (notice.Limit, notice.Remaining, now, returned);
        if (notice.Date is { } date && (!(local - date > _clockAhead) || now - _clockSeenAt > RateLimitRules.ClocksAgreeFor))
        {
            (_clockAhead, _clockSeenAt) = (local - date, now);
        }

        if (notice.Reset is { } reset)
        {
            ReadReset(reset, local);
        }
    }

    /// <summary>What is left by the newest headers, minus the requests on their way.</summary>
    public double Room(TimeSpan now, SlotWindow slots) =>
        _remaining - slots.Pending + (Age(now) > RateLimitRules.RemainingIsFresh ? slots.Returned - _returnedBefore : 0);

    /// <summary>How much of that to reserve for the rest of the window: in a fixed window no slot is freed before its end.</summary>
    public double Reserve(DateTimeOffset local)
    {
        if (!_isReserving || _reset is not { } reset)
        {
            return 0;
        }

        var share = Math.Min(Math.Max(Until(reset, local).TotalSeconds, 0), RateLimitRules.Window.TotalSeconds) / RateLimitRules.Window.TotalSeconds;
        return (_limit - (RateLimitRules.NotReserved * Math.Sqrt(_limit / RateLimitRules.ReferenceLimit))) * share;
    }

    private void ReadReset(DateTimeOffset reset, DateTimeOffset local)
    {
        if (_reset == reset)
        {
            return;
        }

        var isNewWindow = _remaining >= RateLimitRules.NewWindowShare * _limit;
        if (_reset is { } old)
        {
            if (_clockAhead is null && isNewWindow && !(local - old > _aheadAtReset))
            {
                _aheadAtReset = local - old;
            }

            _isReserving = isNewWindow && Until(old, local) <= RateLimitRules.EarlyReset;
        }

        _reset = reset;
    }

    // By the service's clock; without a date the clocks are compared where a window was seen to end. Spans, since both times may be at the end of all time.
    private TimeSpan Until(DateTimeOffset reset, DateTimeOffset local) => reset - local + (_clockAhead ?? _aheadAtReset ?? TimeSpan.Zero);
}
