namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>What one policy came to.</summary>
internal sealed class Tally(int jobs)
{
    private readonly List<double> _delays = new(jobs);

    public int Jobs { get; } = jobs;

    public int Lost { get; set; }

    public long Requests { get; set; }

    public long Rejected { get; set; }

    public double Makespan { get; private set; }

    public bool IsOver => _delays.Count + Lost >= Jobs;

    /// <summary>Finished to seen, in seconds.</summary>
    public IReadOnlyList<double> Delays => _delays;

    /// <summary>How many results had been seen by when.</summary>
    public List<double> SeenAt { get; } = new(jobs);

    public void Seen(TimeSpan now, TimeSpan finished)
    {
        _delays.Add((now - finished).TotalSeconds);
        SeenAt.Add(now.TotalSeconds);
        Makespan = now.TotalSeconds;
    }
}
