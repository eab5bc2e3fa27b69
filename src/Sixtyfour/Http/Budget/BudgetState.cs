namespace Sixtyfour.Http.Budget;

/// <summary>
/// Decides when a request may go: in bursts while this process is alone on the key, at a pace that is fair to all as soon as it sees that it is not. Alone it
/// never sends more than the limit in any minute; how several share is derived in <c>docs/many-jobs.md</c>. Pure: it is told the time and what happened.
/// </summary>
/// <param name="configured">The limit this process was given; the service may say that it is lower.</param>
/// <param name="start">This machine's time when <c>now</c> was zero.</param>
/// <param name="random">From 0 up to 1.</param>
internal sealed class BudgetState(int configured, DateTimeOffset start, Func<double> random)
{
    private static readonly TimeSpan Never = TimeSpan.MinValue;

    private readonly TicketBook _tickets = new();
    private readonly WindowView _window = new();
    private readonly CarefulRate _careful = new();
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

    /// <summary>Slots held, as far as time has been told.</summary>
    public int Held => _tickets.Held;

    /// <summary>Requests a minute in any window: ours, or what the service said lately where that is lower.</summary>
    public int Limit => _lowerLimit ?? configured;

    public bool IsSharing(TimeSpan now) => now < _sharingUntil;

    /// <summary>The requests a minute to plan with; beside others what was used of the last minute, or half of what is left where that is more.</summary>
    public double RatePerMinute(TimeSpan now)
    {
        Advance(now);
        return !IsSharing(now) ? Limit
            : !_window.IsKnown(now) ? Math.Max(LeastRate, _careful.PerMinute(now, Limit))
            : Math.Max(LeastRate, Math.Min(Limit, Math.Max(_tickets.Held, _window.Room(now, _tickets) / 2)));
    }

    /// <summary>Takes a slot, if a request may go now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isAgentCall">Whether the call is silent for minutes.</param>
    /// <param name="isPatient">
    /// Whether it can wait at all. Who cannot is kept out by the limit alone, not by the care that is taken while little is known.
    /// </param>
    /// <param name="lookAgain">When none was taken: the moment to ask again, unless an answer comes before.</param>
    public Ticket? TryTake(TimeSpan now, bool isAgentCall, bool isPatient, out TimeSpan lookAgain)
    {
        Advance(now);
        ForgetAfterSilence(now);
        if (MustWait(now, isPatient, out lookAgain))
        {
            return null;
        }

        lookAgain = now;
        _lastRate = PaceNow(now);
        _lastSend = now;
        _gap = 1 + (BudgetRules.GapJitter * ((2 * random()) - 1));
        return _tickets.Reserve(isAgentCall);
    }

    public Ticket? TryTake(TimeSpan now, bool isAgentCall, out TimeSpan lookAgain) => TryTake(now, isAgentCall, isPatient: true, out lookAgain);

    /// <summary>The earliest moment a turn can come, as far as that is certain.</summary>
    public TimeSpan EarliestTurn(TimeSpan now)
    {
        Advance(now);
        var free = _tickets.Held >= Limit && _tickets.NextFree is { } next ? next : now;
        return free > _pauseUntil ? free : _pauseUntil;
    }

    public void GiveBack(Ticket ticket) => _tickets.GiveBack(ticket);

    public void Uploading(Ticket ticket, TimeSpan now)
    {
        Advance(now);
        _tickets.Upload(ticket);
    }

    public void Sent(Ticket ticket, TimeSpan now)
    {
        Advance(now);
        if (ticket.State is TicketState.Reserved or TicketState.Uploading)
        {
            _tickets.Send(ticket, now);
        }
    }

    /// <summary>Answered with anything but "too many".</summary>
    public void Accepted(Ticket ticket, TimeSpan now, RateLimitNotice? notice)
    {
        Sent(ticket, now);
        _tickets.Count(ticket, now);
        See(ticket, now, notice);
        _refusals = 0;
        Accept(ticket, now);
    }

    /// <summary>Answered with "too many".</summary>
    public void Refused(Ticket ticket, TimeSpan now, RateLimitNotice? notice, TimeSpan? retryAfter)
    {
        Sent(ticket, now);
        var held = _tickets.Held;
        _tickets.Release(ticket);
        See(ticket, now, notice);
        _accepted = 0;
        var hasHeaders = _window.IsKnown(now);
        Share(now, hasHeaders ? BudgetRules.SharingLasts : BudgetRules.SharingLastsBlind);
        Pause(now, hasHeaders, retryAfter);
        _careful.Refused(now, ticket.SentAt, Limit, held, IsYoung(now), hasHeaders);
    }

    /// <summary>No answer came.</summary>
    public void Lost(Ticket ticket, TimeSpan now)
    {
        Sent(ticket, now);
        _tickets.Count(ticket, now);
    }

    private double LeastRate => BudgetRules.LeastRateAt(Limit);

    private bool IsYoung(TimeSpan now) => _awaitsFirst || now < _youngUntil;

    private void Advance(TimeSpan now)
    {
        _accepted += _tickets.Advance(now);
        _lowerLimit = _window.IsKnown(now) && _window.Limit < configured ? _window.Limit : null;
    }

    // Who was silent for a minute knows nothing any more, and begins as one who has just come.
    private void ForgetAfterSilence(TimeSpan now)
    {
        if (_lastSend != Never && now - _lastSend > BudgetRules.Window)
        {
            _accepted = 0;
            _awaitsFirst = true;
        }
    }

    private void Accept(Ticket ticket, TimeSpan now)
    {
        if (!ticket.IsAccepted)
        {
            ticket.IsAccepted = true;
            _accepted++;
        }

        _careful.Accepted(ticket.SentAt);
        if (_awaitsFirst)
        {
            _awaitsFirst = false;
            _youngUntil = now + BudgetRules.Window;
        }
    }

    private void See(Ticket ticket, TimeSpan now, RateLimitNotice? notice)
    {
        // What an agent call brings after minutes may be as old as the call.
        if (notice is not { } headers || now - ticket.SentAt > BudgetRules.LatestCount)
        {
            return;
        }

        _window.See(headers, ticket, now, start + now, _tickets.Returned);
        Advance(now);
        // Whatever of ours the service counted was taken before this answer came, and was not free before the request left. No order of events plays a part.
        if (headers.Limit - headers.Remaining > _tickets.Taken - ticket.FreeBefore)
        {
            Share(now, BudgetRules.SharingLasts);
        }
    }

    private void Share(TimeSpan now, TimeSpan duration)
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

        var first = hasHeaders ? BudgetRules.FirstPause : BudgetRules.FirstPauseBlind;
        var own = Math.Min(BudgetRules.LongestPause.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_refusals++, 10)));
        _pauseUntil = now + (retryAfter is { } hint
            ? Within(BudgetRules.ShortestHint, hint, BudgetRules.LongestHint)
            : Seconds(own * (1 + (BudgetRules.PauseJitter * ((2 * random()) - 1)))));
    }

    private bool MustWait(TimeSpan now, bool isPatient, out TimeSpan lookAgain)
    {
        TimeSpan? again = null;
        var mustWait = now < _pauseUntil || _tickets.Held >= Limit || (IsSharing(now) ? MustWaitBesideOthers(now, ref again) : MustWaitAlone(now, isPatient, ref again));
        again = TicketBook.Earlier(again, now < _pauseUntil ? _pauseUntil : _tickets.NextChange);
        if (IsSharing(now))
        {
            again = TicketBook.Earlier(again, _sharingUntil);
        }

        if (_window.IsKnown(now))
        {
            again = TicketBook.Earlier(again, _window.NextChange(now));
        }

        lookAgain = again is { } time ? (time > now ? time : now + TimeSpan.FromMilliseconds(1)) : TimeSpan.MaxValue;
        return mustWait;
    }

    private bool MustWaitAlone(TimeSpan now, bool isPatient, ref TimeSpan? again)
    {
        if (isPatient && _tickets.Held >= BudgetRules.GapShare * Limit && _tickets.SentLately > BudgetRules.GapBurst * Limit && _tickets.FirstSentLately is { } first)
        {
            var gapEnds = first + BudgetRules.ListeningGap;
            var soon = now + TimeSpan.FromMilliseconds(100);
            again = gapEnds > soon ? gapEnds : soon;
            return true;
        }

        if (!_window.IsKnown(now))
        {
            return isPatient && !IsWithinSlowStart;
        }

        var room = _window.Room(now, _tickets);
        return isPatient && _window.Age(now) > BudgetRules.RemainingIsStale
            ? _tickets.Pending >= (room < 1 ? 1 : BudgetRules.BurstWhenStale)
            : room < 1;
    }

    private bool MustWaitBesideOthers(TimeSpan now, ref TimeSpan? again)
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

        var due = _lastSend + Seconds(BudgetRules.Window.TotalSeconds / PaceNow(now) * _gap);
        // The pace follows what remains, so a wait that looks long is looked at again.
        var soon = now + TimeSpan.FromMilliseconds(250);
        again = isBlind || due < soon ? due : soon;
        return now < due;
    }

    private bool IsWithinSlowStart => _tickets.Pending < Math.Min(1 + _accepted, BudgetRules.FirstBurst + (_accepted * BudgetRules.BurstShare));

    private double PaceNow(TimeSpan now)
    {
        var limit = (double)Limit;
        if (!IsSharing(now) || _lastSend == Never)
        {
            return _tickets.Held;
        }

        var careful = _careful.PerMinute(now, limit);
        if (!_window.IsKnown(now))
        {
            return careful;
        }

        var room = Math.Max(Math.Sqrt(LeastRate), _window.Room(now, _tickets) - _window.Line(start + now));
        var grown = Math.Max(LeastRate, _lastRate) * Math.Pow(2, Math.Min(1000, (now - _lastSend).TotalSeconds / BudgetRules.PaceDoubles.TotalSeconds));
        return Math.Min(Math.Min(careful, room * room), grown);
    }

    private static TimeSpan Within(TimeSpan least, TimeSpan value, TimeSpan most) => value < least ? least : value > most ? most : value;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
