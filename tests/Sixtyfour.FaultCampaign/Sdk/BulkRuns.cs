using Microsoft.Extensions.Logging;
using Sixtyfour.Bulk;
using Sixtyfour.FaultCampaign.Proxy;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;
using Sixtyfour.Testing;

namespace Sixtyfour.FaultCampaign.Sdk;

/// <summary>A bulk run whose files are small: put together as the client does it, because files of 100,000 rows would leave no time for faults.</summary>
internal sealed class BulkRuns : IDisposable
{
    public const int RowsPerFile = 4;

    private readonly HttpClient _http = new(new ResendGuard(PrimaryHandler.Create())) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly BulkClient _bulk;

    public BulkRuns(Service service, Uri address)
    {
        var options = new SixtyfourClientOptions();
        Client.Configure(options, service, address);
        var clock = options.TimeProvider;
        ILogger logger = Log;
        var transport = new Transport(options, () => _http, () => options, logger, Random.Shared.NextDouble);
        var calls = new JobStatusCalls(transport, clock);
        var poller = new JobPoller(calls, transport.BackgroundPermits, clock, logger, Random.Shared.NextDouble, options.PollFailureTimeout);
        var contracts = new JsonContracts(null);
        var jobs = new BulkProgressSource(new PolledJobs(poller, JobKind.Bulk), transport, options, logger);
        _bulk = new BulkClient(
            transport, jobs, contracts, BulkResults.Downloads(transport, calls, contracts, options), options, logger, new BulkLimits(1_000_000, RowsPerFile));
    }

    public CapturedLog Log { get; } = new();

    public async Task<IReadOnlyList<string?>> RunAsync(bool companies, IReadOnlyList<string> tokens, BulkJournal journal, CancellationToken ct)
    {
        var file = SdkCalls.File(companies, tokens);
        using var result = companies
            ? await _bulk.RunCompaniesAsync<SdkCalls.Found>(file, journal, cancellationToken: ct)
            : await _bulk.RunPeopleAsync<SdkCalls.Found>(file, journal, cancellationToken: ct);
        return await SdkCalls.TitlesAsync(result, ct);
    }

    public void Dispose() => _http.Dispose();
}
