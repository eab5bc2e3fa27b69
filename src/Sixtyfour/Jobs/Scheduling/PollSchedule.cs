namespace Sixtyfour.Jobs.Scheduling;

/// <summary>
/// Decides which open job is asked about next, and whether a start goes before it. Pure: it is told the time and what was seen. A decision costs a few hundred
/// evaluations, however many jobs are open.
/// </summary>
/// <param name="random">From 0 up to 1.</param>
internal sealed class PollSchedule(Func<double> random)
{
    private readonly Dictionary<string, RunTimeModel> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<RunTimeModel, WorthBook> _books = [];
    private readonly JobLine _due = new();
    private readonly DueHeap _paused = new();
    private readonly DueHeap _attended = new();
    private readonly DueHeap _unattended = new();
    private readonly Queue<TimeSpan> _courtesies = new();
    private bool _startIsNext;

    /// <summary>Jobs not yet seen finished, those being asked about included.</summary>
    public int Open { get; private set; }

    /// <param name="job">The job.</param>
    /// <param name="kind">Jobs of one kind run about equally long: endpoint and tier.</param>
    /// <param name="now">The time.</param>
    /// <param name="start">When it began; null when nobody knows, and then it is looked at now.</param>
    public void Add(ScheduledJob job, string kind, TimeSpan now, TimeSpan? start)
    {
        job.Model = ModelOf(kind);
        job.KnowsStart = start is not null;
        job.Start = start ?? now;
        job.LastLook = job.Start;
        Open++;
        if (start is null || (job.IsAttended && Open <= ScheduleRules.Few))
        {
            MakeDue(job);
        }
        else
        {
            Place(job);
        }
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Remove(ScheduledJob job)
    {
        if (job.State is not ScheduledState.Closed)
        {
            Leave(job);
            job.State = ScheduledState.Closed;
            Open--;
        }
    }

    /// <summary>There is news: look at it now.</summary>
    public void Notify(ScheduledJob job)
    {
        switch (job.State)
        {
            case ScheduledState.Asked:
                job.HasNews = true;
                break;
            case ScheduledState.Ready or ScheduledState.Paused:
                MakeDue(job);
                break;
            default:
                break;
        }
    }

    /// <summary>Who waits for it has changed.</summary>
    public void Refresh(ScheduledJob job)
    {
        if (job.State is ScheduledState.Ready)
        {
            Leave(job);
            Place(job);
        }
    }

    /// <param name="now">The time.</param>
    /// <param name="startWaits">Whether a job waits to be started.</param>
    /// <param name="ratePerMinute">The requests a minute that there are; infinite without a limit.</param>
    public ScheduleStep Next(TimeSpan now, bool startWaits, double ratePerMinute)
    {
        Wake(now);
        if (_due.First is { } due && !(startWaits && _startIsNext))
        {
            return ScheduleStep.Look(due);
        }

        var courtesyEnds = CourtesyEnds(now, ratePerMinute);
        if (courtesyEnds is null && _attended.First is { } attended && attended.DueAt <= now)
        {
            return ScheduleStep.Look(attended, isCourtesy: true);
        }

        var best = default(WorthBook.Candidate);
        if (startWaits && Open / ratePerMinute * 60 <= ScheduleRules.LongestRunSeconds)
        {
            return ScheduleStep.Start;
        }

        foreach (var book in _books.Values)
        {
            book.Best(now, ref best);
        }

        if (startWaits)
        {
            return best is { Job: { } likely, Prospect.Chance: >= ScheduleRules.LikelyWhileStarting } ? ScheduleStep.Look(likely) : ScheduleStep.Start;
        }

        if (best is { Job: { } worthwhile, Prospect.IsWorthARequest: true })
        {
            return ScheduleStep.Look(worthwhile);
        }

        return courtesyEnds is null && _unattended.First is { } waiting && waiting.DueAt <= now
            ? ScheduleStep.Look(waiting, isCourtesy: true)
            : ScheduleStep.Wait(NextMoment(now, courtesyEnds));
    }

    /// <summary>A step is being taken.</summary>
    public void Take(ScheduleStep step, TimeSpan now)
    {
        _startIsNext = step.Action is not ScheduleAction.Start;
        if (step.Job is { } job)
        {
            Leave(job);
            job.State = ScheduledState.Asked;
            job.HasNews = false;
        }

        if (step.Action is ScheduleAction.CourtesyLook)
        {
            _courtesies.Enqueue(now);
        }
    }

    /// <summary>It was seen unfinished.</summary>
    /// <param name="job">The job.</param>
    /// <param name="asked">When it was asked about.</param>
    /// <param name="start">When it began, where the answer says so.</param>
    public void Unfinished(ScheduledJob job, TimeSpan asked, TimeSpan? start = null)
    {
        if (job.State is not ScheduledState.Asked)
        {
            return;
        }

        if (!job.KnowsStart && start <= asked)
        {
            (job.Start, job.LastLook, job.KnowsStart) = (start.Value, start.Value, true);
        }

        if (job.KnowsStart)
        {
            job.Model!.Unfinished((job.LastLook - job.Start).TotalSeconds, (asked - job.Start).TotalSeconds);
        }

        job.LastLook = asked;
        if (job.HasNews)
        {
            MakeDue(job);
        }
        else
        {
            Place(job);
        }
    }

    /// <summary>It was seen to have ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="asked">When it was asked about.</param>
    public void Finished(ScheduledJob job, TimeSpan asked)
    {
        if (job is { KnowsStart: true, State: ScheduledState.Asked })
        {
            job.Model!.Finished((job.LastLook - job.Start).TotalSeconds, (asked - job.Start).TotalSeconds);
        }

        Remove(job);
    }

    /// <summary>Nothing was learned; look again later.</summary>
    public void Failed(ScheduledJob job, TimeSpan again)
    {
        if (job.State is ScheduledState.Asked)
        {
            Pause(job, again);
        }
    }

    private RunTimeModel ModelOf(string kind)
    {
        if (_models.TryGetValue(kind, out var known))
        {
            return known;
        }

        // Whatever words come as tiers, the cost of a decision stays bounded.
        if (_models.Count >= ScheduleRules.MostKinds)
        {
            return _models.Values.First();
        }

        var model = new RunTimeModel();
        _models.Add(kind, model);
        _books.Add(model, new WorthBook(model));
        return model;
    }

    private void MakeDue(ScheduledJob job)
    {
        Leave(job);
        job.State = ScheduledState.Due;
        _due.Add(job);
    }

    private void Pause(ScheduledJob job, TimeSpan until)
    {
        Leave(job);
        job.State = ScheduledState.Paused;
        job.DueAt = until;
        _paused.Add(job);
    }

    private void Place(ScheduledJob job)
    {
        if (job.ExpectsWebhook)
        {
            Pause(job, job.LastLook + Spread(ScheduleRules.BesideWebhookSeconds));
            return;
        }

        var age = (job.LastLook - job.Start).TotalSeconds;
        var pace = Math.Min(Math.Max(age * ScheduleRules.PaceByAge, job.IsAttended ? ScheduleRules.ShortestPaceSeconds : ScheduleRules.LongestPaceSeconds), ScheduleRules.LongestPaceSeconds);
        job.DueAt = job.LastLook + Spread(pace);
        job.State = ScheduledState.Ready;
        _books[job.Model!].Add(job);
        (job.IsAttended ? _attended : _unattended).Add(job);
    }

    private static void Leave(ScheduledJob job)
    {
        job.Line?.Remove(job);
        job.Heap?.Remove(job);
    }

    private void Wake(TimeSpan now)
    {
        while (_paused.First is { } job && job.DueAt <= now)
        {
            MakeDue(job);
        }
    }

    // Null while courtesy looks may be made; else when they may again.
    private TimeSpan? CourtesyEnds(TimeSpan now, double ratePerMinute)
    {
        while (_courtesies.Count > 0 && _courtesies.Peek() + ScheduleRules.CourtesyWindow <= now)
        {
            _courtesies.Dequeue();
        }

        return _courtesies.Count < Math.Max(1, ScheduleRules.CourtesyShare * ratePerMinute) ? null : _courtesies.Peek() + ScheduleRules.CourtesyWindow;
    }

    private TimeSpan NextMoment(TimeSpan now, TimeSpan? courtesyEnds)
    {
        var next = TimeSpan.MaxValue;
        foreach (var heap in (DueHeap[])[_attended, _unattended])
        {
            if (heap.First is { } first)
            {
                next = Min(next, first.DueAt > courtesyEnds || courtesyEnds is null ? first.DueAt : courtesyEnds.Value);
            }
        }

        if (_paused.First is { } paused)
        {
            next = Min(next, paused.DueAt);
        }

        foreach (var book in _books.Values)
        {
            next = book.NextWorthwhile(now, next);
        }

        return next;
    }

    private TimeSpan Spread(double seconds) =>
        TimeSpan.FromTicks((long)(seconds * (1 + (ScheduleRules.PaceJitter * ((2 * random()) - 1))) * TimeSpan.TicksPerSecond));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
