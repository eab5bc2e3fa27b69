using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Tests.Support;

/// <summary>Bulk clients over a stubbed handler, with limits a test can reach.</summary>
internal static class BulkClients
{
    public static IBulkClient Create(
        HttpMessageHandler handler, TimeProvider clock, BulkLimits? limits = null, Action<SixtyfourClientOptions>? configure = null, ILogger? logger = null)
    {
        var options = new SixtyfourClientOptions { ApiKey = TestClients.Key, Endpoint = new("https://api.sixtyfour.test"), TimeProvider = clock };
        configure?.Invoke(options);
        var http = new HttpClient(new ResendGuard(handler), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var transport = new Transport(options, () => http, () => options, NullLogger.Instance, () => 0.5);
        var calls = new JobStatusCalls(transport, clock);
        var poller = new JobPoller(calls, transport.BackgroundPermits, clock, NullLogger.Instance, () => 0.5, options.PollFailureTimeout);
        var contracts = new JsonContracts(options.TypeInfoResolver);
        return new BulkClient(
            transport, new BulkProgressSource(new PolledJobs(poller, JobKind.Bulk), transport, options, NullLogger.Instance),
            contracts, BulkResults.Downloads(transport, calls, contracts, options), options, logger ?? NullLogger.Instance, limits);
    }
}
