using System.Globalization;
using System.Net;

namespace Sixtyfour.Benchmarks.Idle;

/// <summary>
/// Starts, a pause, the next start, through a proxy that closes connections that were idle for five seconds. How many starts end in an unknown outcome, though
/// nothing arrived, by the ways to avoid it.
/// </summary>
internal static class IdleCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var settings = new IdleSettings(
            Lanes: (int)arguments.Number("--lanes", 100),
            StartsPerLane: (int)arguments.Number("--starts", 2_400) / (int)arguments.Number("--lanes", 100),
            Seed: (int)arguments.Number("--seed", 1));
        IdleVariant[] variants =
        [
            .. new[] { HttpVersion.Version11, HttpVersion.Version20 }.SelectMany(version => new IdleVariant[]
            {
                new("idle 30 s", version, TimeSpan.FromSeconds(30), Expects: false),
                new("idle 1 s", version, TimeSpan.FromSeconds(1), Expects: false),
                new("idle 30 s, Expect: 100-continue", version, TimeSpan.FromSeconds(30), Expects: true),
            }),
        ];
        var counts = await Task.WhenAll(variants.Select((variant, i) => new IdleRun(variant, settings with { Seed = settings.Seed + i }).RunAsync()));
        Console.WriteLine("| HTTP | way | starts | unknown outcomes | sent again | other failures | arrived | connections | mean time |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (variant, count) in variants.Zip(counts))
        {
            Console.WriteLine(string.Format(
                CultureInfo.InvariantCulture,
                "| {0} | {1} | {2:N0} | {3} | {4} | {5} | {6:N0} | {7:N0} | {8:0} ms |",
                variant.Version, variant.Name, count.Starts, count.Unknown, count.SentAgain, count.Failed, count.Arrived, count.Connections, count.MeanMilliseconds));
        }

        return counts.Where((count, i) => variants[i] is { Expects: false } && variants[i].Idle < TimeSpan.FromSeconds(5)).All(count => count.Unknown is 0) ? 0 : 1;
    }
}

internal sealed record IdleSettings(int Lanes, int StartsPerLane, int Seed);

internal sealed record IdleVariant(string Name, Version Version, TimeSpan Idle, bool Expects);

internal sealed record IdleCounts(int Starts, int Unknown, int SentAgain, int Failed, int Arrived, int Connections, double MeanMilliseconds);
