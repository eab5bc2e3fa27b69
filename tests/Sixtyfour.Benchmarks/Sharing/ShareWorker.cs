using System.Globalization;
using System.Net;
using Sixtyfour.Emulator;

namespace Sixtyfour.Benchmarks.Sharing;

/// <summary>One process of <see cref="ShareCommand"/>: asks about a job that does not exist as often as the budget lets it, and counts by minute.</summary>
internal static class ShareWorker
{
    private const int Callers = 64;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var scale = arguments.Number("--scale", 30);
        var minutes = (int)arguments.Number("--minutes", 13);
        // For its clock, which runs as fast as that of the service; the two are off by minutes, as clocks may be.
        await using var timekeeper = await SixtyfourEmulator.StartAsync(o => o.TimeScale = scale);
        var options = new SixtyfourClientOptions();
        timekeeper.Configure(options);
        options.Endpoint = new(arguments.Text("--endpoint")!);
        options.ApiKey = arguments.Text("--key");
        using var client = new SixtyfourClient(options: options);
        var wait = DateTimeOffset.FromUnixTimeMilliseconds((long)arguments.Number("--begin", 0)) - DateTimeOffset.UtcNow;
        await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);

        var clock = timekeeper.Clock;
        var begin = clock.GetTimestamp();
        var accepted = new int[minutes];
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (clock.GetElapsedTime(begin).TotalMinutes < minutes)
            {
                try
                {
                    await client.Jobs.GetStatusAsync("no-such-job", new() { MaxRetries = 0 });
                }
                catch (SixtyfourApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
                {
                    var minute = (int)clock.GetElapsedTime(begin).TotalMinutes;
                    if (minute < minutes)
                    {
                        Interlocked.Increment(ref accepted[minute]);
                    }
                }
                catch (RateLimitedException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }));
        Console.WriteLine(string.Join(' ', accepted.Prepend(refused).Select(n => n.ToString(CultureInfo.InvariantCulture))));
        return 0;
    }
}
