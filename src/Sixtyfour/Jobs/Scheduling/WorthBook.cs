namespace Sixtyfour.Jobs.Scheduling;

/// <summary>
/// The jobs of one kind, sorted by the age at which they were last seen unfinished. Within such a bin the one that has waited longest is worth the most, so the
/// best of all is found by looking at the head of each: the cost of a decision does not grow with the number of jobs.
/// </summary>
internal sealed class WorthBook(RunTimeModel model)
{
    private readonly JobLine _neverSeen = new();
    private readonly JobLine?[] _bins = new JobLine?[ScheduleRules.Bins];

    public void Add(ScheduledJob job) => LineOf(job).Add(job);

    /// <summary>The job whose look is worth the most now.</summary>
    public void Best(TimeSpan now, ref Candidate best)
    {
        Compare(_neverSeen.First, now, ref best);
        foreach (var line in _bins)
        {
            Compare(line?.First, now, ref best);
        }
    }

    /// <summary>The moment at which a look becomes worth a request, if that is before <paramref name="latest"/>.</summary>
    public TimeSpan NextWorthwhile(TimeSpan now, TimeSpan latest)
    {
        latest = Earlier(_neverSeen.First, now, latest);
        foreach (var line in _bins)
        {
            latest = Earlier(line?.First, now, latest);
        }

        return latest;
    }

    private JobLine LineOf(ScheduledJob job)
    {
        if (job.LastLook <= job.Start)
        {
            return _neverSeen;
        }

        // Cut before it is cast: a start that the service dates to the year 1 is no int.
        var bin = (int)Math.Min((job.LastLook - job.Start).TotalSeconds / ScheduleRules.BinSeconds, ScheduleRules.Bins - 1);
        return _bins[bin] ??= new();
    }

    private void Compare(ScheduledJob? job, TimeSpan now, ref Candidate best)
    {
        if (job is null)
        {
            return;
        }

        var prospect = Look(job, now);
        if (best.Job is null || prospect.IsBetterThan(best.Prospect))
        {
            best = new(job, prospect);
        }
    }

    private TimeSpan Earlier(ScheduledJob? job, TimeSpan now, TimeSpan latest)
    {
        if (job is null || !Look(job, latest).IsWorthARequest)
        {
            return latest;
        }

        // Worth and chance only grow, so the moment can be closed in on.
        var early = now;
        while (latest - early > TimeSpan.FromMilliseconds(10))
        {
            var middle = early + TimeSpan.FromTicks((latest - early).Ticks / 2);
            (early, latest) = Look(job, middle).IsWorthARequest ? (early, middle) : (middle, latest);
        }

        return latest;
    }

    private Prospect Look(ScheduledJob job, TimeSpan when)
    {
        var from = (job.LastLook - job.Start).TotalSeconds;
        return model.Look(from, Math.Max(from, (when - job.Start).TotalSeconds));
    }

    internal readonly record struct Candidate(ScheduledJob? Job, Prospect Prospect);
}
