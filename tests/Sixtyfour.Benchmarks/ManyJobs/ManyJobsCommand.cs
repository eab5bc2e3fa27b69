using System.Globalization;
using System.Text.Json;

namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary><c>many-jobs</c>: batches in virtual time, the SDK beside the documented pattern and an oracle.</summary>
internal static class ManyJobsCommand
{
    private static readonly TimeSpan Latest = TimeSpan.FromDays(2);

    public static int Run(Arguments arguments)
    {
        var results = new List<CaseResult>();
        foreach (var @case in Cases(arguments))
        {
            foreach (var result in Run(@case, arguments))
            {
                results.Add(result);
                Console.WriteLine(arguments.Has("--json") ? result.ToJson() : result.ToLine(results.Count is 1));
            }
        }

        if (arguments.Text("--svg") is { } file)
        {
            File.WriteAllText(file, Plot.Draw(results));
        }

        return 0;
    }

    private static IEnumerable<Case> Cases(Arguments arguments)
    {
        var seed = (int)arguments.Number("--seed", 1);
        var only = (int)arguments.Number("--jobs", 0);
        var shape = Enum.Parse<RunTimeShape>(arguments.Text("--shape") ?? nameof(RunTimeShape.LogNormal), ignoreCase: true);
        RunTimes[] times = arguments.Has("--median")
            ? [new(arguments.Number("--median", 120), arguments.Number("--p95", 2.5 * arguments.Number("--median", 120)), shape)]
            : [new(120, 300, shape), new(230, 575, shape)];
        if (only is 0 && !arguments.Has("--median"))
        {
            // Short jobs, all alike: the batch fits into a minute, so every request that waits or finds nothing shows.
            foreach (var seconds in (double[])[5, 30])
            {
                foreach (var window in (Window[])[Window.Sliding, Window.Fixed])
                {
                    yield return new(200, window, 0, new(seconds, seconds, shape), seed);
                }
            }
        }

        foreach (var runTimes in times)
        {
            foreach (var other in (int[])[0, 150])
            {
                foreach (var window in (Window[])[Window.Sliding, Window.Fixed])
                {
                    foreach (var jobs in only > 0 ? [only] : (int[])[1, 100, 1_000, 10_000])
                    {
                        yield return new(jobs, window, other, runTimes, seed);
                    }
                }
            }
        }
    }

    private static IEnumerable<CaseResult> Run(Case @case, Arguments arguments)
    {
        // The last of few jobs decides, and it is a matter of luck: few jobs are run many times.
        var repeats = @case.Jobs switch { 1 => 200, <= 100 => 20, <= 1_000 => 5, _ => 1 };
        var oracle = Average(@case, "oracle", repeats, seed => (Oracle.Run(new World(seed), @case.Window, @case.Draw(seed), @case.OtherPerMinute), null));
        yield return oracle;
        yield return Average(@case, "sdk", repeats, seed => Simulate(
            @case, seed, !arguments.Has("--no-headers"), (world, service, times) => new SdkClient(world, service, times).Tally), oracle);
        if (arguments.Has("--sdk-only"))
        {
            yield break;
        }

        foreach (var givesUp in (bool[])[true, false])
        {
            yield return Average(
                @case, givesUp ? "documented" : "documented, endless", repeats,
                seed => Simulate(@case, seed, true, (world, service, times) => new DocumentedClient(world, service, times, givesUp).Tally), oracle);
        }
    }

    private static (Tally Tally, SteadyClient? Other) Simulate(Case @case, int seed, bool headers, Func<World, Service, TimeSpan[], Tally> policy)
    {
        var world = new World(seed);
        var service = new Service(world, @case.Window, headers);
        var other = new SteadyClient(world, service, @case.OtherPerMinute);
        var tally = policy(world, service, @case.Draw(seed));
        world.RunUntil(() => tally.IsOver, Latest);
        tally.Lost += tally.IsOver ? 0 : tally.Jobs - tally.SeenAt.Count - tally.Lost;
        return (tally, other);
    }

    private static CaseResult Average(Case @case, string policy, int repeats, Func<int, (Tally Tally, SteadyClient? Other)> run, CaseResult? oracle = null)
    {
        var runs = Enumerable.Range(0, repeats).Select(i => run(@case.Seed + (i * 1_000))).ToList();
        return new(@case, policy, [.. runs.Select(r => r.Tally)], runs.Sum(r => r.Other?.Sent ?? 0), runs.Sum(r => r.Other?.Rejected ?? 0), oracle);
    }
}

/// <summary>One row of the table, before it is run.</summary>
internal sealed record Case(int Jobs, Window Window, int OtherPerMinute, RunTimes RunTimes, int Seed)
{
    public TimeSpan[] Draw(int seed) => RunTimes.Draw(Jobs, seed);
}

/// <summary>One row of the table.</summary>
internal sealed class CaseResult(Case @case, string policy, Tally[] runs, long otherSent, long otherRejected, CaseResult? oracle)
{
    public Case Case => @case;

    public string Policy => policy;

    public IReadOnlyList<double> SeenAt => runs[0].SeenAt;

    private double Makespan => runs.Average(r => r.Makespan);

    private double[] Delays { get; } = [.. runs.SelectMany(r => r.Delays).Order()];

    private double MeanDelay => Delays.Length > 0 ? Delays.Average() : 0;

    private double P95Delay => Delays.Length > 0 ? Delays[(int)(0.95 * (Delays.Length - 1))] : 0;

    private double LongestDelay => Delays.LastOrDefault();

    // A policy that loses jobs has no makespan to be proud of.
    private double? Ratio => runs.Sum(r => r.Lost) > 0 ? null : oracle is null ? 1 : Makespan / oracle.Makespan;

    private double RequestsPerJob => runs.Average(r => (double)r.Requests / r.Jobs);

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("jobs", @case.Jobs);
            writer.WriteString("window", @case.Window is Window.Sliding ? "sliding" : "fixed");
            writer.WriteNumber("otherPerMinute", @case.OtherPerMinute);
            writer.WriteNumber("medianSeconds", @case.RunTimes.Median);
            writer.WriteString("policy", policy);
            Write(writer, "makespanSeconds", Makespan, 1);
            if (Ratio is { } ratio)
            {
                Write(writer, "makespanRatio", ratio, 4);
            }
            else
            {
                writer.WriteNull("makespanRatio");
            }

            Write(writer, "meanDelaySeconds", MeanDelay, 2);
            Write(writer, "p95DelaySeconds", P95Delay, 2);
            Write(writer, "longestDelaySeconds", LongestDelay, 2);
            Write(writer, "requestsPerJob", RequestsPerJob, 3);
            writer.WriteNumber("rejected", runs.Sum(r => r.Rejected));
            writer.WriteNumber("lost", runs.Sum(r => r.Lost));
            writer.WriteNumber("otherSent", otherSent);
            writer.WriteNumber("otherRejected", otherRejected);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    public string ToLine(bool withHeader)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{@case.Jobs,6} {@case.Window,-7} {@case.OtherPerMinute,4} {@case.RunTimes.Median,4} {policy,-19} {Makespan,9:0.0} {Ratio,6:0.000} "
                + $"{MeanDelay,8:0.0} {P95Delay,8:0.0} {LongestDelay,8:0.0} {RequestsPerJob,8:0.00} {runs.Sum(r => r.Rejected),8} "
                + $"{runs.Sum(r => r.Lost),6} {otherRejected,6}/{otherSent}");
        return withHeader
            ? $"  jobs window  other P50 policy               makespan  ratio     mean      P95  longest req/job      429   lost  other 429\n{line}"
            : line;
    }


    private static void Write(Utf8JsonWriter writer, string name, double value, int digits) => writer.WriteNumber(name, Math.Round((decimal)value, digits));
}
