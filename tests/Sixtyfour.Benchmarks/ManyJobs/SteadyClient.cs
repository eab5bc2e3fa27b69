namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>Another program on the same key that needs a fixed number of requests a minute and knows nothing of limits.</summary>
internal sealed class SteadyClient
{
    public SteadyClient(World world, Service service, int perMinute)
    {
        if (perMinute > 0)
        {
            Send(world, service, TimeSpan.FromMinutes(1) / perMinute);
        }
    }

    public long Sent { get; private set; }

    public long Rejected { get; private set; }

    private void Send(World world, Service service, TimeSpan gap) => world.In(gap * (0.5 + world.Random.NextDouble()), () =>
    {
        Sent++;
        Rejected += service.Admit(out _) ? 0 : 1;
        Send(world, service, gap);
    });
}
