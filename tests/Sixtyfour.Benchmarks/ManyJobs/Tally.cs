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

    public double LongestDelay { get; private set; }

    public bool IsOver => _delays.Count + Lost >= Jobs;

    public double MeanDelay => _delays.Count > 0 ? _delays.Average() : 0;

    public double P95Delay => _delays.Count > 0 ? _delays.Order().ElementAt((int)(0.95 * (_delays.Count - 1))) : 0;

    /// <summary>How many results had been seen by when.</summary>
    public List<double> SeenAt { get; } = new(jobs);

    public void Seen(TimeSpan now, TimeSpan finished)
    {
        var delay = (now - finished).TotalSeconds;
        _delays.Add(delay);
        LongestDelay = Math.Max(LongestDelay, delay);
        SeenAt.Add(now.TotalSeconds);
        Makespan = now.TotalSeconds;
    }
}
