namespace Sixtyfour.Jobs.Polling;

/// <summary>
/// Decides which open job is polled next, and whether a start goes before it. Pure: it is given the time and what was seen. A decision takes a few
/// comparisons for each kind of job, however many jobs are open.
/// </summary>
/// <param name="random">From 0 up to 1.</param>
internal sealed class PollQueue(Func<double> random)
{
    /// <summary>With its jitter and a round trip, the end of a single wait is seen within ten seconds.</summary>
    private const double ShortestInterval = 8.5;

    /// <summary>When the open jobs need more requests than the limit allows, intervals grow up to this.</summary>
    private const double LongestInterval = 30;

    /// <summary>The older a job is, the less a second matters.</summary>
    private const double IntervalByAge = 1 / 3.0;

    /// <summary>Jobs that were started together are not polled together.</summary>
    private const double Jitter = 0.1;

    /// <summary>What single waits may take of the limit before their intervals grow.</summary>
    private const double SingleWaitShare = 0.5;

    /// <summary>As long as no more callers wait, a job that a caller begins to wait for is polled at once.</summary>
    private const int FewSingleWaits = 20;

    /// <summary>The longest documented run. While all open jobs can be polled within it, starts go first: by then the polls find finished jobs.</summary>
    private const double LongestRunMinutes = 10;

    /// <summary>A webhook reports the end; these polls are for webhooks that get lost.</summary>
    private const double WebhookFallbackSeconds = 60;

    /// <summary>Bounds the cost of a decision: tiers are an open vocabulary.</summary>
    private const int MaxKinds = 32;

    private readonly Dictionary<string, JobRuns> _kinds = new(StringComparer.Ordinal);
    private readonly DueHeap _atOnce = new();
    private readonly DueHeap _single = new();
    private readonly DueHeap _batch = new();
    private int _promptJobs;
    private bool _othersGoNext;
    private double _ratePerMinute = double.PositiveInfinity;

    /// <summary>Jobs not yet seen finished, those being polled included.</summary>
    public int Open { get; private set; }

    /// <param name="job">The job.</param>
    /// <param name="kind">Jobs of one kind run about equally long: endpoint and tier.</param>
    /// <param name="now">The time.</param>
    /// <param name="start">When it began; null when unknown: then it is polled now.</param>
    public void Add(QueuedJob job, string kind, TimeSpan now, TimeSpan? start)
    {
        job.Kind = KindOf(kind);
        job.KnowsStart = start is not null;
        job.Start = start ?? now;
        job.LastPoll = job.Start;
        job.Kind.Open++;
        Open++;
        Place(job);
        if (start is null || (job.IsSingleWait && _promptJobs <= FewSingleWaits))
        {
            Enqueue(job, _atOnce, now);
        }
    }

    /// <summary>The last wait for it has ended.</summary>
    public void Remove(QueuedJob job)
    {
        if (job.State is QueuedJobState.Closed)
        {
            return;
        }

        job.Heap?.Remove(job);
        job.State = QueuedJobState.Closed;
        SetPrompt(job, false);
        Open--;
        var kind = job.Kind!;
        kind.Leave(job);
        // The next batch of this kind may run differently.
        if (--kind.Open is 0)
        {
            _kinds.Remove(kind.Kind);
        }
    }

    /// <summary>A webhook reported its end: it is polled now, and from then on like a single wait if the status does not show the end yet.</summary>
    public void Notify(QueuedJob job, TimeSpan now)
    {
        job.IsNotified = true;
        switch (job.State)
        {
            case QueuedJobState.Polled:
                job.IsNotifiedDuringPoll = true;
                break;
            case QueuedJobState.Queued or QueuedJobState.Paused:
                Enqueue(job, _atOnce, now);
                break;
            default:
                break;
        }
    }

    /// <summary>Its waiters have changed.</summary>
    public void Refresh(QueuedJob job)
    {
        if (job.State is QueuedJobState.Queued && !ReferenceEquals(job.Heap, _atOnce))
        {
            Place(job);
        }
    }

    /// <param name="now">The time.</param>
    /// <param name="startWaits">Whether a job waits to be started.</param>
    /// <param name="ratePerMinute">The available requests a minute; infinite without a limit.</param>
    public PollStep Next(TimeSpan now, bool startWaits, double ratePerMinute)
    {
        _ratePerMinute = ratePerMinute;
        var urgent = _atOnce.First ?? (_single.First is { } single && single.DueAt <= now ? single : null);
        if (urgent is not null && !_othersGoNext)
        {
            return PollStep.Poll(urgent);
        }

        var (batch, dueAt) = FirstOfBatch();
        if (startWaits && (dueAt > now || Open <= LongestRunMinutes * ratePerMinute))
        {
            return PollStep.Start;
        }

        return batch is not null && dueAt <= now ? PollStep.Poll(batch)
            : urgent is not null ? PollStep.Poll(urgent)
            : PollStep.Wait(_single.First is { } next && next.DueAt < dueAt ? next.DueAt : dueAt);
    }

    /// <summary>A step is being taken.</summary>
    public void Take(PollStep step)
    {
        // Single waits go first, but take at most every other request.
        _othersGoNext = step.Job is { Heap: { } from } && (ReferenceEquals(from, _atOnce) || ReferenceEquals(from, _single));
        if (step.Job is { } job)
        {
            job.Heap?.Remove(job);
            job.State = QueuedJobState.Polled;
            job.IsNotifiedDuringPoll = false;
        }
    }

    /// <summary>It was seen unfinished.</summary>
    /// <param name="job">The job.</param>
    /// <param name="polled">When its poll was sent.</param>
    /// <param name="start">When it began, where the answer says so.</param>
    public void Unfinished(QueuedJob job, TimeSpan polled, TimeSpan? start = null)
    {
        if (job.State is not QueuedJobState.Polled)
        {
            return;
        }

        if (!job.KnowsStart && start <= polled)
        {
            (job.Start, job.KnowsStart) = (start.Value, true);
        }

        job.LastPoll = polled;
        Place(job);
        if (job.IsNotifiedDuringPoll)
        {
            Enqueue(job, _atOnce, polled);
        }
    }

    /// <summary>It was seen to have ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="seen">When the answer came. Its poll was sent before, so a poll at this age finds another job of the same length finished.</param>
    /// <param name="isSuccess">The run of a failed job says nothing about how long the work takes.</param>
    public void Finished(QueuedJob job, TimeSpan seen, bool isSuccess)
    {
        var isKnownRun = job is { KnowsStart: true, State: QueuedJobState.Polled } && isSuccess;
        Remove(job);
        if (isKnownRun)
        {
            foreach (var probe in job.Kind!.Ended(seen - job.Start))
            {
                Refresh(probe);
            }
        }
    }

    /// <summary>Nothing was learned; poll again later.</summary>
    public void Failed(QueuedJob job, TimeSpan again)
    {
        if (job.State is QueuedJobState.Polled)
        {
            Enqueue(job, HeapOf(job), again);
            job.State = QueuedJobState.Paused;
        }
    }

    private JobRuns KindOf(string name)
    {
        if (!_kinds.TryGetValue(name, out var kind))
        {
            kind = _kinds.Count < MaxKinds ? _kinds[name] = new(name) : _kinds.Values.First();
        }

        return kind;
    }

    private void Place(QueuedJob job)
    {
        SetPrompt(job, !job.ExpectsWebhook && (job.IsSingleWait || job.IsNotified || job.Kind!.Probe(job)));
        if (!job.IsPrompt && !job.ExpectsWebhook && job.KnowsStart && job.LastPoll - job.Start < job.Kind!.FirstPollAge)
        {
            Enqueue(job, job.Kind.Young, job.Start);
        }
        else
        {
            Enqueue(job, HeapOf(job), job.LastPoll + Interval(job));
        }
    }

    private DueHeap HeapOf(QueuedJob job) => job.IsSingleWait ? _single : _batch;

    private static void Enqueue(QueuedJob job, DueHeap heap, TimeSpan dueAt)
    {
        job.Heap?.Remove(job);
        job.DueAt = dueAt;
        job.State = QueuedJobState.Queued;
        heap.Add(job);
    }

    private void SetPrompt(QueuedJob job, bool isPrompt)
    {
        _promptJobs += (isPrompt ? 1 : 0) - (job.IsPrompt ? 1 : 0);
        job.IsPrompt = isPrompt;
    }

    private TimeSpan Interval(QueuedJob job)
    {
        if (job.ExpectsWebhook)
        {
            return WithJitter(WebhookFallbackSeconds);
        }

        // The first polls of the probes are spread over one interval, so that one of them soon sees an end, however short the jobs are.
        if (job.LastPoll == job.Start && job.Kind!.PlaceOf(job) is >= 0 and var place)
        {
            return WithJitter(ShortestInterval * (place + 1) / JobRuns.MaxProbes);
        }

        var needed = 60 * (job.IsPrompt ? _promptJobs / SingleWaitShare : Open) / _ratePerMinute;
        var longest = Math.Min(Math.Max(needed, ShortestInterval), LongestInterval);
        return WithJitter(Math.Min(Math.Max((job.LastPoll - job.Start).TotalSeconds * IntervalByAge, ShortestInterval), longest));
    }

    private (QueuedJob? Job, TimeSpan DueAt) FirstOfBatch()
    {
        var (first, dueAt) = (_batch.First, _batch.First?.DueAt ?? TimeSpan.MaxValue);
        foreach (var kind in _kinds.Values)
        {
            if (kind.Young.First is { } oldest && oldest.Start + kind.FirstPollAge is var ready && ready < dueAt)
            {
                (first, dueAt) = (oldest, ready);
            }
        }

        return (first, dueAt);
    }

    private TimeSpan WithJitter(double seconds) => TimeSpan.FromTicks((long)(seconds * (1 + (Jitter * ((2 * random()) - 1))) * TimeSpan.TicksPerSecond));
}

/// <summary>What to do with a permit: poll a job, start one, or nothing before <see cref="Until"/>.</summary>
internal readonly record struct PollStep(PollAction Action, QueuedJob? Job, TimeSpan Until)
{
    public static PollStep Start => new(PollAction.Start, null, default);

    public static PollStep Poll(QueuedJob job) => new(PollAction.Poll, job, default);

    public static PollStep Wait(TimeSpan until) => new(PollAction.Wait, null, until);
}

internal enum PollAction
{
    Wait,
    Start,
    Poll,
}
