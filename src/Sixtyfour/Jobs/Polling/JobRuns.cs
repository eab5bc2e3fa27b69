namespace Sixtyfour.Jobs.Polling;

/// <summary>
/// The open jobs of one kind, and the shortest run seen among them: a job of a batch is not polled before that age. Until a run was seen, a few jobs are
/// probes, polled at the pace of single waits, and the others wait until they are a minute old.
/// </summary>
internal sealed class JobRuns(string kind)
{
    /// <summary>Enough to see the first end soon, few enough to leave the limit to the rest.</summary>
    public const int MaxProbes = 8;

    // Bounds the delay when later jobs run shorter than earlier ones.
    private static readonly TimeSpan LatestFirstPoll = TimeSpan.FromSeconds(60);

    private readonly List<QueuedJob> _probes = [];
    private TimeSpan? _shortest;

    public string Kind => kind;

    public int Open { get; set; }

    /// <summary>Jobs that are too young to be polled, by their start.</summary>
    public DueHeap Young { get; } = new();

    /// <summary>The age at which a job of a batch is first polled.</summary>
    public TimeSpan FirstPollAge => _shortest < LatestFirstPoll ? _shortest.Value : LatestFirstPoll;

    /// <summary>Makes the job a probe if probes are needed.</summary>
    public bool Probe(QueuedJob job)
    {
        if (_shortest is not null)
        {
            return false;
        }

        if (_probes.Contains(job))
        {
            return true;
        }

        if (_probes.Count >= MaxProbes)
        {
            return false;
        }

        _probes.Add(job);
        return true;
    }

    /// <summary>Its place among the probes; negative for others.</summary>
    public int PlaceOf(QueuedJob job) => _probes.IndexOf(job);

    public void Leave(QueuedJob job) => _probes.Remove(job);

    /// <summary>A job of this kind was seen to have ended.</summary>
    /// <returns>The jobs that were probes until now.</returns>
    public IReadOnlyList<QueuedJob> Ended(TimeSpan run)
    {
        if (run >= _shortest)
        {
            return [];
        }

        _shortest = run;
        QueuedJob[] were = [.. _probes];
        _probes.Clear();
        return were;
    }
}
