using System.Globalization;
using System.Net;

namespace Sixtyfour.Benchmarks.Idle;

/// <summary>
/// Starts, a pause, the next start, through a proxy that closes connections that were idle for five seconds. How many starts end in an unknown outcome, though
/// nothing arrived, by the ways to avoid it.
/// </summary>
internal static class IdleCommand
{
    private static readonly (string Name, TimeSpan Idle, bool Expects)[] s_ways =
    [
        ("idle 1 s", TimeSpan.FromSeconds(1), false),
        ("idle 30 s", TimeSpan.FromSeconds(30), false),
        ("idle 30 s, Expect: 100-continue", TimeSpan.FromSeconds(30), true),
    ];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var settings = new IdleSettings(
            Lanes: (int)arguments.Number("--lanes", 100),
            StartsPerLane: (int)arguments.Number("--starts", 2_400) / (int)arguments.Number("--lanes", 100),
            Seed: (int)arguments.Number("--seed", 1));
        var counts = new List<(IdleVariant Variant, IdleCounts Count)>();
        foreach (var (name, idle, expects) in s_ways)
        {
            // One way at a time: what starves a proxy of processor time looks like a slow line.
            IdleVariant[] variants = [new(name, HttpVersion.Version11, idle, expects), new(name, HttpVersion.Version20, idle, expects)];
            counts.AddRange(variants.Zip(await Task.WhenAll(variants.Select(variant => new IdleRun(variant, settings).RunAsync()))));
        }

        Console.WriteLine("| HTTP | way | starts | unknown outcomes | sent again | other failures | arrived | connections | mean time |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (variant, count) in counts)
        {
            Console.WriteLine(string.Format(
                CultureInfo.InvariantCulture,
                "| {0} | {1} | {2:N0} | {3} | {4} | {5} | {6:N0} | {7:N0} | {8:0} ms |",
                variant.Version,
                variant.Name, count.Starts, count.Unknown, count.SentAgain, count.Failed, count.Arrived, count.Connections, count.MeanMilliseconds));
        }

        return counts.Where(run => run.Variant.Idle < TimeSpan.FromSeconds(5)).All(run => run.Count.Unknown is 0) ? 0 : 1;
    }
}

internal sealed record IdleSettings(int Lanes, int StartsPerLane, int Seed);

internal sealed record IdleVariant(string Name, Version Version, TimeSpan Idle, bool Expects);

internal sealed record IdleCounts(int Starts, int Unknown, int SentAgain, int Failed, int Arrived, int Connections, double MeanMilliseconds);
