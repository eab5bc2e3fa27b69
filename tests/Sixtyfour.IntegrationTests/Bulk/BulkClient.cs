using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.IntegrationTests.Bulk;

/// <summary>The way from a finished job to its file, over the SDK's own handler.</summary>
internal sealed class BulkClient : IDisposable
{
    public const string Key = "sk_test_5f2b";

    private readonly HttpClient _http = new(new ResendGuard(PrimaryHandler.Create())) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly FileDownloads _files;

    public BulkClient(FileServer server, Action<SixtyfourClientOptions>? configure = null)
    {
        var options = new SixtyfourClientOptions { ApiKey = Key, Endpoint = server.Origin };
        options.Retry.BaseDelay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(5);
        configure?.Invoke(options);
        var transport = new Transport(options, () => _http, () => options, NullLogger.Instance, () => 0.5);
        _files = BulkResults.Downloads(transport, new JobStatusCalls(transport, options.TimeProvider), new JsonContracts(null), options);
    }

    public BulkResult Result(FileServer server) => BulkResults.Read(
        new JobSnapshot { JobId = "job-1", Status = JobStatus.Completed, Raw = JsonDocument.Parse(server.StatusJson()).RootElement }, _files);

    public void Dispose() => _http.Dispose();
}
