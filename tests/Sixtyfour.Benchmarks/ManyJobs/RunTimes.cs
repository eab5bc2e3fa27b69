namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>How long jobs run. Drawn per job, so that every policy meets the same ones.</summary>
internal sealed record RunTimes(double Median, double P95, RunTimeShape Shape)
{
    private const double Longest = 600;

    public TimeSpan[] Draw(int jobs, int seed)
    {
        var random = new Random(seed);
        var times = new TimeSpan[jobs];
        for (var i = 0; i < jobs; i++)
        {
            times[i] = TimeSpan.FromSeconds(Draw(random));
        }

        return times;
    }

    private double Draw(Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var usual = Math.Min(Longest, Median * Math.Exp(Math.Log(P95 / Median) / 1.645 * normal));
        var share = random.NextDouble();
        return Shape switch
        {
            // Half of them quick, half slow.
            RunTimeShape.Bimodal => share < 0.5 ? usual / 4 : Math.Min(Longest, usual * 2),
            // One in ten fails at once, one in fifty hangs until the service gives up.
            RunTimeShape.FailingTail => share < 0.1 ? 1 + (4 * random.NextDouble()) : share < 0.12 ? 900 : usual,
            _ => usual,
        };
    }
}

internal enum RunTimeShape
{
    LogNormal,
    Bimodal,
    FailingTail,
}
