using Microsoft.Extensions.Logging.Abstractions;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Emulator.Clocks;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.CrashTests.Worker;

/// <summary>One life of a run: it goes on where the one before was killed, and saves the result when there is one.</summary>
public static class RunProcess
{
    public const int RowsPerFile = 100;

    private static readonly EnrichmentStruct Fields = new() { ["title"] = "Current job title" };

    /// <param name="endpoint">The service.</param>
    /// <param name="key">Its key.</param>
    /// <param name="folder">Where journal and result lie.</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="death"><c>behind</c> or <c>before</c> a line of the journal, one line a life; null lives until it is done or killed.</param>
    public static async Task<int> RunAsync(Uri endpoint, string key, string folder, int rows, string? death)
    {
        var options = Options(endpoint, key);
        using var http = new HttpClient(new ResendGuard(PrimaryHandler.Create())) { Timeout = Timeout.InfiniteTimeSpan };
        var bulk = Client(options, http);
        Console.WriteLine("begun");

        var journal = BulkJournal.AtPath(Path.Combine(folder, "run.journal"));
        using var result = await bulk.RunPeopleAsync(
            BulkFile.FromRows(People(rows)), death is null ? journal : new DeadlyJournal(journal, lines: 1, diesBehind: death is "behind"), Fields);
        await result.SaveAsync(Path.Combine(folder, "enriched.csv"));
        Console.WriteLine($"done {result.ChargeCents}");
        return 0;
    }

    // As the client puts it together, but with files of a size that twelve of them are made in a moment.
    private static BulkClient Client(SixtyfourClientOptions options, HttpClient http)
    {
        var clock = options.TimeProvider;
        var transport = new Transport(options, () => http, () => options, NullLogger.Instance, Random.Shared.NextDouble);
        var calls = new JobStatusCalls(transport, clock);
        var poller = new JobPoller(calls, transport.BackgroundPermits, clock, NullLogger.Instance, Random.Shared.NextDouble, options.PollFailureTimeout);
        var contracts = new JsonContracts(null);
        var jobs = new BulkProgressSource(new PolledJobs(poller, JobKind.Bulk), transport, options, NullLogger.Instance);
        return new BulkClient(transport, jobs, contracts, BulkResults.Downloads(
            transport, calls, contracts, options), options, NullLogger.Instance, new BulkLimits(1_000_000, RowsPerFile));
    }

    private static SixtyfourClientOptions Options(Uri endpoint, string key)
    {
        var day = TimeSpan.FromDays(1);
        var options = new SixtyfourClientOptions
        {
            Endpoint = endpoint,
            ApiKey = key,
            TimeProvider = new ScaledClock(TimeProvider.System, EmulatorProcess.TimeScale),
            QuickAttemptTimeout = day,
            QuickTotalTimeout = day,
            TransferIdleTimeout = day,
        };
        options.RateLimit.RequestsPerMinute = null;
        options.RateLimit.BulkSubmissionsPerMinute = null;
        options.Retry.MaxRetries = 10;
        return options;
    }

    private static IEnumerable<Row> People(int rows) => Enumerable.Range(0, rows).Select(i => new Row($"Person {i}", $"Company \"{i % 7}\", Inc."));

    private sealed record Row(string Name, string Company);
}
