using System.Diagnostics;
using System.Globalization;
using Sixtyfour.Emulator;

namespace Sixtyfour.Benchmarks.Sharing;

/// <summary><c>share</c>: several real processes on one key, each with as much to send as it may, against an emulator whose clock runs fast.</summary>
internal static class ShareCommand
{
    public const int Limit = 500;
    public const int SliceMinutes = 2;
    private const int WarmUpMinutes = 3;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        if (arguments.Has("--model"))
        {
            ShareModel.Run(arguments);
            return 0;
        }

        var scale = arguments.Number("--scale", 30);
        var minutes = (int)arguments.Number("--minutes", 13);
        var isGood = true;
        foreach (var window in (RateLimitWindow[])[RateLimitWindow.Sliding, RateLimitWindow.Fixed])
        {
            foreach (var headers in arguments.Has("--no-headers") ? new[] { false } : [true])
            {
                foreach (var processes in (int[])[2, 4])
                {
                    isGood &= await RunAsync(processes, window, headers, scale, minutes);
                }
            }
        }

        return isGood ? 0 : 1;
    }

    private static async Task<bool> RunAsync(int processes, RateLimitWindow window, bool headers, double scale, int minutes)
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(o =>
        {
            o.TimeScale = scale;
            o.RateLimitWindow = window;
            o.SendsRateLimitHeaders = headers;
            o.SendsRetryAfter = false;
            o.RequestsPerMinute = Limit;
            o.MaxRecordedRequests = 1;
        });
        // Late enough for all to be up, at one moment of real time.
        var begin = DateTimeOffset.UtcNow.AddSeconds(4);
        var workers = Enumerable.Range(0, processes).Select(_ => Start(emulator, scale, minutes, begin)).ToList();
        var counts = new List<int[]>();
        var refused = 0L;
        foreach (var worker in workers)
        {
            using (worker)
            {
                var numbers = (await worker.StandardOutput.ReadToEndAsync())
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
                await worker.WaitForExitAsync();
                refused += numbers[0];
                counts.Add(numbers[1..]);
            }
        }

        var accepted = counts.Sum(c => (long)c.Sum());
        var steady = Enumerable.Range(WarmUpMinutes, minutes - WarmUpMinutes).ToList();
        var use = steady.Sum(minute => counts.Sum(c => c[minute])) / (double)(Limit * steady.Count);
        var fair = use * Limit * SliceMinutes / processes;
        var least = counts.Min(c => steady.Where(m => m + SliceMinutes <= minutes).Min(m => c[m] + c[m + 1])) / fair;
        var share = refused / (double)(accepted + refused);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"processes": {{processes}}, "window": "{{window.ToString().ToLowerInvariant()}}", "headers": {{(headers ? "true" : "false")}},"""
                + $$""" "minutes": {{minutes}}, "use": {{use:0.000}}, "refusedShare": {{share:0.0000}}, "leastShareOfFair": {{least:0.00}}}"""));
        return use >= 0.9 && share <= 0.01 && least >= 0.5;
    }

    private static Process Start(SixtyfourEmulator emulator, double scale, int minutes, DateTimeOffset begin) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "share-worker", "--endpoint", emulator.Endpoint.ToString(), "--key", emulator.ApiKey, "--scale", scale.ToString(CultureInfo.InvariantCulture),
                "--minutes", $"{minutes}", "--begin", $"{begin.ToUnixTimeMilliseconds()}",
            },
        })!;
}
