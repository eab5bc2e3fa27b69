using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Benchmarks.Cost;

/// <summary><c>schedule-cost</c>: what 100,000 open jobs cost in processor time and memory.</summary>
internal static class ScheduleCostCommand
{
    private const int Jobs = 100_000;

    public static async Task<int> RunAsync()
    {
        Decide(TimeSpan.FromMinutes(1));
        var (spent, decisions) = Decide(TimeSpan.FromMinutes(20));
        var share = spent / TimeSpan.FromMinutes(20);
        var bytes = await BytesPerJobAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"openJobs": {{Jobs}}, "virtualMinutes": 20, "decisions": {{decisions}}, "cpuSeconds": {{spent.TotalSeconds:0.000}},"""
                + $$""" "coreShare": {{share:0.00000}}, "microsecondsPerDecision": {{spent.TotalMicroseconds / decisions:0.0}},"""
                + $$""" "bytesPerOpenJob": {{bytes}}}"""));
        return share < 0.05 && bytes <= 2_048 ? 0 : 1;
    }

    // Every request the limit allows, on jobs of all ages that never end.
    private static (TimeSpan Spent, int Decisions) Decide(TimeSpan duration)
    {
        var random = new Random(1);
        var queue = new PollQueue(random.NextDouble);
        var budget = new RequestLimit(500, DateTimeOffset.UnixEpoch, random.NextDouble);
        var begin = TimeSpan.FromMinutes(30);
        for (var i = 0; i < Jobs; i++)
        {
            queue.Add(new OpenJob(), $"tier {i % 3}", begin, TimeSpan.FromMinutes(30 * random.NextDouble()));
        }

        var decisions = 0;
        var watch = Stopwatch.StartNew();
        for (var now = begin; now < begin + duration;)
        {
            var step = queue.Next(now, startWaits: false, budget.RatePerMinute(now));
            decisions++;
            if (step.Job is not { } job)
            {
                now = step.Until;
                continue;
            }

            if (budget.TryTake(now, isAgentCall: false, out var askAgain) is not { } ticket)
            {
                now = askAgain;
                continue;
            }

            queue.Take(step);
            budget.Sent(ticket, now);
            budget.Accepted(ticket, now, null);
            queue.Unfinished(job, now);
        }

        return (watch.Elapsed, decisions);
    }

    // The whole of it: a many-run of the real client, each job started and waited for.
    private static async Task<long> BytesPerJobAsync()
    {
        using var service = new NeverDone();
        var options = new SixtyfourClientOptions { ApiKey = "sk_benchmark", Endpoint = new("https://api.sixtyfour.test"), TimeProvider = new StandingClock() };
        options.RateLimit.RequestsPerMinute = null;
        using var client = new SixtyfourClient(options: options, handler: service);
        using var stop = new CancellationTokenSource();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var open = 0;
        var all = new TaskCompletionSource();
        var run = client.Leads.EnrichManyAsync(
            Enumerable.Range(0, Jobs), i => new() { Name = $"Nadia Okafor {i}" }, new EnrichmentStruct { ["title"] = "Job title" },
            new()
            {
                MaxInFlight = Jobs,
                OnStarted = (_, _, _) =>
                {
                    if (Interlocked.Increment(ref open) is Jobs)
                    {
                        all.SetResult();
                    }

                    return Task.CompletedTask;
                },
            },
            stop.Token);
        var counting = Task.Run(async () => await run.CountAsync(stop.Token));
        await all.Task;
        await Task.Delay(500);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        await stop.CancelAsync();
        try
        {
            await counting;
        }
        catch (OperationCanceledException)
        {
            // As asked for.
        }

        return (after - before) / Jobs;
    }

    private sealed class OpenJob : QueuedJob;

    private sealed class NeverDone : HttpMessageHandler
    {
        private int _jobs;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                await request.Content.ReadAsByteArrayAsync(cancellationToken);
            }

            var id = new Guid(Interlocked.Increment(ref _jobs), 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
            var body = request.Method == HttpMethod.Post ? $$"""{"task_id": "{{id}}", "status": "pending"}""" : """{"status": "running"}""";
            return new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }

    /// <summary>Time stands still, so that all jobs stay open and none is looked at.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
