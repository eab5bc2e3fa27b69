using System.Globalization;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Leads;

/// <summary>The whole client beside one who knows when each job ends: what the simulation promises holds for the real thing.</summary>
public sealed class ManySpeedTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(75);

    [Theory]
    [InlineData(100, 8, 1.03, 17)]
    [InlineData(1_000, 4, 1.03, 3.7)]
    [InlineData(10_000, 1, 1.04, 2.05)]
    public async Task A_batch_ends_hardly_later_than_it_could_within_the_limit(int jobs, int runs, double ratio, double requestsPerJob)
    {
        // What is compiled at its first use takes real time, and the clock may run on meanwhile.
        await RunAsync(jobs: 50, seed: 0);
        var batches = new List<Batch>();
        for (var seed = 1; seed <= runs; seed++)
        {
            batches.Add(await RunAsync(jobs, seed));
        }

        // The benchmark pins the figures to the percent; here a loaded machine may let the clock run on a little while something is under way.
        // The last of few jobs decides, and it is a matter of luck when it is looked at: the median counts.
        batches.Select(batch => batch.Makespan / batch.Oracle).Order().ElementAt(runs / 2).Should().BeLessThan(ratio);
        batches.Average(batch => batch.Requests / (double)jobs).Should().BeLessThan(requestsPerJob);
    }

    private static async Task<Batch> RunAsync(int jobs, int seed)
    {
        using var runs = new ManyRuns();
        runs.Service.Latency = Latency;
        var random = new Random(seed);
        var runTimes = Enumerable.Range(0, jobs).Select(_ => RunTime(random)).ToArray();
        runs.Service.RunTime = name => runTimes[int.Parse(name.AsSpan(7), CultureInfo.InvariantCulture)];
        var begun = runs.Clock.GetUtcNow();

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(jobs));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(jobs).And.OnlyContain(outcome => outcome.Succeeded);
        NoMinuteHoldsMoreThan(500, runs.Service.Arrivals);
        return new(runs.Clock.GetUtcNow() - begun, Oracle(runTimes), runs.Service.Arrivals.Count);
    }

    // The vendor's figures: half of the jobs within 2 minutes, 95 percent within 5, none over 10.
    private static TimeSpan RunTime(Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return TimeSpan.FromSeconds(Math.Min(600, 120 * Math.Exp(0.557 * normal)));
    }

    // Starts all as early as the limit lets it, then asks once about each, when it has ended.
    private static TimeSpan Oracle(TimeSpan[] runTimes)
    {
        var lately = new Queue<TimeSpan>();
        var ends = runTimes.Select(runTime => Next(lately, Latency) + runTime).Order().ToList();
        return ends.Max(end => Next(lately, end)) + Latency;
    }

    private static TimeSpan Next(Queue<TimeSpan> lately, TimeSpan earliest)
    {
        var at = lately.Count is 500 && lately.Dequeue() + Minute is var free && free > earliest ? free : earliest;
        lately.Enqueue(at);
        return at;
    }

    private static void NoMinuteHoldsMoreThan(int limit, List<DateTimeOffset> arrivals)
    {
        arrivals.Sort();
        for (var i = limit; i < arrivals.Count; i++)
        {
            (arrivals[i] - arrivals[i - limit]).Should().BeGreaterThanOrEqualTo(Minute);
        }
    }

    private sealed record Batch(TimeSpan Makespan, TimeSpan Oracle, int Requests);
}
