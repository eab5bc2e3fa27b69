namespace Sixtyfour.Http.RateLimiting;

/// <summary>
/// Decides when a request may be sent: in bursts while this process is alone on the key, at a pace that is fair to all once it sees others. Alone it never
/// sends more than the limit in any minute; <c>docs/many-jobs.md</c> explains how several share. Pure: it is given the time and what happened.
/// </summary>
/// <param name="configured">The configured limit; the service may report a lower one.</param>
/// <param name="start">This machine's time when <c>now</c> was zero.</param>
/// <param name="random">From 0 up to 1.</param>
internal sealed class RequestLimit(int configured, DateTimeOffset start, Func<double> random)
{
    private static readonly TimeSpan Never = TimeSpan.MinValue;

    private readonly SlotWindow _slots = new();
    private readonly ServerWindow _window = new();
    private readonly ConservativeRate _conservative = new();
    private int? _lowerLimit;
    private int _accepted;
    private int _refusals;
    private bool _awaitsFirst = true;
    private TimeSpan _youngUntil;
    private TimeSpan _sharingUntil = Never;
    private TimeSpan _pauseUntil = Never;
    private TimeSpan _lastSend = Never;
    private double _lastRate;
    private double _gap = 1;

    /// <summary>Slots held at the last time that was given.</summary>
    public int Held => _slots.Held;

    /// <summary>Requests a minute in any window: the configured limit, or what the service reported recently where that is lower.</summary>
    public int Limit => _lowerLimit ?? configured;

    public bool IsSharing(TimeSpan now) => now < _sharingUntil;

    /// <summary>The requests a minute to plan with; on a shared key those of the last minute, or half of what is left where that is more.</summary>
    public double RatePerMinute(TimeSpan now)
    {
        Advance(now);
        return !IsSharing(now) ? Limit
            : !_window.IsKnown(now) ? Math.Max(LeastRate, _conservative.PerMinute(now, Limit))
            : Math.Max(LeastRate, Math.Min(Limit, Math.Max(_slots.Held, _window.Room(now, _slots) / 2)));
    }

    /// <summary>Takes a slot if a request may be sent now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isAgentCall">Whether the call is silent for minutes.</param>
    /// <param name="isPatient">
    /// Whether it can wait at all. A call that cannot is refused by the limit alone, not by the precautions that apply while little is known.
    /// </param>
    /// <param name="askAgain">When none was taken: when to try again, unless an answer comes first.</param>
    public Slot? TryTake(TimeSpan now, bool isAgentCall, bool isPatient, out TimeSpan askAgain)
    {
        Advance(now);
        ForgetAfterSilence(now);
        if (MustWait(now, isPatient, out askAgain))
        {
            return null;
        }

        askAgain = now;
        _lastRate = PaceNow(now);
        _lastSend = now;
        _gap = 1 + (RateLimitRules.GapJitter * ((2 * random()) - 1));
        return _slots.Reserve(isAgentCall);
    }

    public Slot? TryTake(TimeSpan now, bool isAgentCall, out TimeSpan askAgain) => TryTake(now, isAgentCall, isPatient: true, out askAgain);

    /// <summary>The earliest time at which a permit can come, as far as that is certain.</summary>
    public TimeSpan EarliestPermit(TimeSpan now)
    {
        Advance(now);
        var free = _slots.Held >= Limit && _slots.NextFree is { } next ? next : now;
        return free > _pauseUntil ? free : _pauseUntil;
    }

    public void GiveBack(Slot slot) => _slots.GiveBack(slot);

    public void Uploading(Slot slot, TimeSpan now)
    {
        Advance(now);
        _slots.Upload(slot);
    }

    public void Sent(Slot slot, TimeSpan now)
    {
        Advance(now);
        if (slot.State is SlotState.Reserved or SlotState.Uploading)
        {
            _slots.Send(slot, now);
        }
    }

    /// <summary>Answered with anything but 429.</summary>
    public void Accepted(Slot slot, TimeSpan now, RateLimitHeaders? notice)
    {
        Sent(slot, now);
        _slots.Count(slot, now);
        ReadHeaders(slot, now, notice);
        _refusals = 0;
        Accept(slot, now);
    }

    /// <summary>Answered with 429.</summary>
    public void Refused(Slot slot, TimeSpan now, RateLimitHeaders? notice, TimeSpan? retryAfter)
    {
        Sent(slot, now);
        var held = _slots.Held;
        _slots.Release(slot);
        ReadHeaders(slot, now, notice);
        _accepted = 0;
        var hasHeaders = _window.IsKnown(now);
        MarkShared(now, hasHeaders ? RateLimitRules.SharingLasts : RateLimitRules.SharingLastsBlind);
        Pause(now, hasHeaders, retryAfter);
        _conservative.Refused(now, slot.SentAt, Limit, held, IsYoung(now), hasHeaders);
    }

    /// <summary>No answer came.</summary>
    public void Lost(Slot slot, TimeSpan now)
    {
        Sent(slot, now);
        _slots.Count(slot, now);
    }

    private double LeastRate => RateLimitRules.LeastRateAt(Limit);

    private bool IsYoung(TimeSpan now) => _awaitsFirst || now < _youngUntil;

    private void Advance(TimeSpan now)
    {
        _accepted += _slots.Advance(now);
        _lowerLimit = _window.IsKnown(now) && _window.Limit < configured ? _window.Limit : null;
    }

    // After a minute without requests nothing is known any more, so the process begins like a new one.
    private void ForgetAfterSilence(TimeSpan now)
    {
        if (_lastSend != Never && now - _lastSend > RateLimitRules.Window)
        {
            _accepted = 0;
            _awaitsFirst = true;
        }
    }

    private void Accept(Slot slot, TimeSpan now)
    {
        if (!slot.IsAccepted)
        {
            slot.IsAccepted = true;
            _accepted++;
        }

        _conservative.Accepted(slot.SentAt);
        if (_awaitsFirst)
        {
            _awaitsFirst = false;
            _youngUntil = now + RateLimitRules.Window;
        }
    }

    private void ReadHeaders(Slot slot, TimeSpan now, RateLimitHeaders? notice)
    {
        // The headers of an agent call that took minutes may be as old as the call.
        if (notice is not { } headers || now - slot.SentAt > RateLimitRules.LatestCount)
        {
            return;
        }

        _window.Update(headers, slot, now, start + now, _slots.Returned);
        Advance(now);
        // Each of our requests that the service counted had taken its slot before this answer came and was not free before the request was sent. The order of
        // events does not matter.
        if (headers.Limit - headers.Remaining > _slots.Taken - slot.FreeBefore)
        {
            MarkShared(now, RateLimitRules.SharingLasts);
        }
    }

    private void MarkShared(TimeSpan now, TimeSpan duration)
    {
        if (now + duration > _sharingUntil)
        {
            _sharingUntil = now + duration;
        }
    }

    private void Pause(TimeSpan now, bool hasHeaders, TimeSpan? retryAfter)
    {
        if (now < _pauseUntil)
        {
            return;
        }

        var first = hasHeaders ? RateLimitRules.FirstPause : RateLimitRules.FirstPauseBlind;
        var own = Math.Min(RateLimitRules.LongestPause.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_refusals++, 10)));
        _pauseUntil = now + (retryAfter is { } hint
            ? Within(RateLimitRules.ShortestHint, hint, RateLimitRules.LongestHint)
            : Seconds(own * (1 + (RateLimitRules.PauseJitter * ((2 * random()) - 1)))));
    }

    private bool MustWait(TimeSpan now, bool isPatient, out TimeSpan askAgain)
    {
        TimeSpan? again = null;
        var mustWait = now < _pauseUntil || _slots.Held >= Limit
            || (IsSharing(now) ? MustWaitWhenSharing(now, ref again) : MustWaitAlone(now, isPatient, ref again));
        again = SlotWindow.Earlier(again, now < _pauseUntil ? _pauseUntil : _slots.NextChange);
        if (IsSharing(now))
        {
            again = SlotWindow.Earlier(again, _sharingUntil);
        }

        if (_window.IsKnown(now))
        {
            again = SlotWindow.Earlier(again, _window.NextChange(now));
        }

        askAgain = again is { } time ? (time > now ? time : now + TimeSpan.FromMilliseconds(1)) : TimeSpan.MaxValue;
        return mustWait;
    }

    private bool MustWaitAlone(TimeSpan now, bool isPatient, ref TimeSpan? again)
    {
        if (isPatient
            && _slots.Held >= RateLimitRules.GapShare * Limit
            && _slots.RecentlySent > RateLimitRules.GapBurst * Limit
            && _slots.FirstRecentlySent is { } first)
        {
            var gapEnds = first + RateLimitRules.ListeningGap;
            var soon = now + TimeSpan.FromMilliseconds(100);
            again = gapEnds > soon ? gapEnds : soon;
            return true;
        }

        if (!_window.IsKnown(now))
        {
            return isPatient && !IsWithinSlowStart;
        }

        var room = _window.Room(now, _slots);
        return isPatient && _window.Age(now) > RateLimitRules.RemainingIsStale
            ? _slots.Pending >= (room < 1 ? 1 : RateLimitRules.BurstWhenStale)
            : room < 1;
    }

    private bool MustWaitWhenSharing(TimeSpan now, ref TimeSpan? again)
    {
        var isBlind = !_window.IsKnown(now);
        if (isBlind && !IsWithinSlowStart)
        {
            return true;
        }

        if (_lastSend == Never)
        {
            return false;
        }

        var due = _lastSend + Seconds(RateLimitRules.Window.TotalSeconds / PaceNow(now) * _gap);
        // The pace depends on what remains, so a long wait is checked again early.
        var soon = now + TimeSpan.FromMilliseconds(250);
        again = isBlind || due < soon ? due : soon;
        return now < due;
    }

    private bool IsWithinSlowStart => _slots.Pending < Math.Min(1 + _accepted, RateLimitRules.FirstBurst + (_accepted * RateLimitRules.BurstShare));

    private double PaceNow(TimeSpan now)
    {
        var limit = (double)Limit;
        if (!IsSharing(now) || _lastSend == Never)
        {
            return _slots.Held;
        }

        var conservative = _conservative.PerMinute(now, limit);
        if (!_window.IsKnown(now))
        {
            return conservative;
        }

        var room = Math.Max(Math.Sqrt(LeastRate), _window.Room(now, _slots) - _window.Reserve(start + now));
        var grown = Math.Max(LeastRate, _lastRate) * Math.Pow(2, Math.Min(1000, (now - _lastSend).TotalSeconds / RateLimitRules.PaceDoubles.TotalSeconds));
        return Math.Min(Math.Min(conservative, room * room), grown);
    }

    private static TimeSpan Within(TimeSpan least, TimeSpan value, TimeSpan most) => value < least ? least : value > most ? most : value;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
