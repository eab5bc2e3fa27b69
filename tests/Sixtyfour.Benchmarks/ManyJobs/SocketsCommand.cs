using System.Globalization;
using Sixtyfour.Emulator;

namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>
/// <c>many-jobs --sockets</c>: batches of jobs that all run equally long, by the whole client over loopback, beside the oracle. Alone on the key.
/// </summary>
internal static class SocketsCommand
{
    private static readonly (int Jobs, double Seconds)[] Usual =
    [
        (100, 5), (200, 5), (450, 5), (1_000, 5),
        (100, 30), (200, 30), (450, 30), (1_000, 30),
        (100, 120), (450, 120), (1_000, 120),
    ];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var isGood = true;
        var window = arguments.Has("--fixed") ? Window.Fixed : Window.Sliding;
        var only = ((int)arguments.Number("--jobs", 0), arguments.Number("--seconds", 0));
        foreach (var headers in arguments.Has("--no-headers") ? new[] { false } : arguments.Has("--headers") ? [true] : [true, false])
        {
            foreach (var (jobs, seconds) in Usual.Where(c => only.Item1 is 0 || c.Jobs == only.Item1).Where(c => only.Item2 is 0 || c.Seconds == only.Item2))
            {
                isGood &= await RunAsync(jobs, seconds, window, headers, arguments.Number("--scale", 1));
            }
        }

        return isGood ? 0 : 1;
    }

    private static async Task<bool> RunAsync(int jobs, double seconds, Window window, bool headers, double scale)
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(o =>
        {
            o.TimeScale = scale;
            o.RunTime = _ => TimeSpan.FromSeconds(seconds);
            o.RateLimitWindow = window is Window.Fixed ? RateLimitWindow.Fixed : RateLimitWindow.Sliding;
            o.SendsRateLimitHeaders = headers;
        });
        using var client = emulator.CreateClient();
        var begin = emulator.Clock.GetTimestamp();
        var done = 0;
        await foreach (var outcome in client.Leads.EnrichManyAsync(
            Enumerable.Range(0, jobs),
            i => new() { Name = $"Nadia Okafor {i}", Company = "Example Robotics" }, new EnrichmentStruct { ["title"] = "Job title" }))
        {
            done += outcome.Succeeded ? 1 : 0;
        }

        var makespan = emulator.Clock.GetElapsedTime(begin).TotalSeconds;
        var oracle = Oracle.Run(new World(1), window, [.. Enumerable.Repeat(TimeSpan.FromSeconds(seconds), jobs)], otherPerMinute: 0).Makespan;
        var refused = emulator.Requests.Count(r => r.StatusCode is 429);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"sockets": true, "jobs": {{jobs}}, "seconds": {{seconds}}, "window": "{{window.ToString().ToLowerInvariant()}}","""
                + $$""" "headers": {{(headers ? "true" : "false")}}, "scale": {{scale}}, "makespanSeconds": {{makespan:0.0}},"""
                + $$""" "oracleSeconds": {{oracle:0.0}}, "requests": {{emulator.Requests.Count}}, "refused": {{refused}}, "done": {{done}}}"""));
        return done == jobs && refused is 0 && (!headers || makespan <= Mark(jobs, seconds, oracle));
    }

    // Where all requests fit into the first minute, the fixed marks are the sharper ones.
    private static double Mark(int jobs, double seconds, double oracle) => (jobs, seconds) switch
    {
        ( <= 200, 5) => 12,
        ( <= 200, 30) => 40,
        _ => (1.1 * oracle) + 5,
    };
}
