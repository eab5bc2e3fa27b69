using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Bulk;

/// <summary>Finished bulk jobs whose files lie behind links that a handler answers.</summary>
internal sealed class FinishedJobs : HttpMessageHandler
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private string _status = "{}";

    public FinishedJobs()
    {
        var options = new SixtyfourClientOptions { ApiKey = "sk_test_5f2b", Endpoint = new("https://api.sixtyfour.test"), TimeProvider = Clock };
        var client = new HttpClient(this, disposeHandler: false);
        var transport = new Transport(options, () => client, () => options, NullLogger.Instance, () => 0.5);
        Files = BulkResults.Downloads(transport, new JobStatusCalls(transport, options.TimeProvider), new JsonContracts(null), options);
    }

    public FileDownloads Files { get; }

    public List<Uri> Fetched { get; } = [];

    /// <summary>The key that came with each request; null where none did.</summary>
    public List<string?> Keys { get; } = [];

    public FakeClock Clock { get; } = new();

    /// <summary>Answers without saying how long they are.</summary>
    public bool HidesLengths { get; set; }

    /// <summary>The media type of every answer.</summary>
    public string? MediaType { get; set; }

    /// <summary>A job with one file behind a link.</summary>
    public JobSnapshot Job(string id, string content, string fileName = "enriched.csv", decimal? cents = 10)
    {
        _files[$"/files/{id}"] = Encoding.UTF8.GetBytes(content);
        return Job(id, $$"""[{"filename":"{{fileName}}","block_number":2,"download_url":"https://api.sixtyfour.test/files/{{id}}?sig=secret"}]""", cents);
    }

    /// <summary>What the service says when it is asked for a job again.</summary>
    public void AnswersStatusWith(string entries) => _status = $$"""{"status":"completed","results":{{entries}}}""";

    public static JobSnapshot Job(string id, string entries, decimal? cents) => new()
    {
        JobId = id,
        Status = JobStatus.Completed,
        ChargeCents = cents,
        Raw = JsonDocument.Parse($$"""{"status":"completed","results":{{entries}}}""").RootElement,
    };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Fetched.Add(request.RequestUri!);
        Keys.Add(request.Headers.TryGetValues("x-api-key", out var keys) ? keys.Single() : null);
        return Task.FromResult(
            request.RequestUri!.AbsolutePath.StartsWith("/job-status/", StringComparison.Ordinal) ? Answer(Encoding.UTF8.GetBytes(_status))
            : _files.TryGetValue(request.RequestUri.AbsolutePath, out var file) ? Answer(file)
            : new HttpResponseMessage(HttpStatusCode.NotFound));
    }

    private HttpResponseMessage Answer(byte[] body)
    {
        HttpContent content = HidesLengths ? new StreamContent(new Unseekable(body)) : new ByteArrayContent(body);
        content.Headers.ContentType = MediaType is null ? null : new(MediaType);
        return new(HttpStatusCode.OK) { Content = content };
    }

    private sealed class Unseekable(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;
    }
}
