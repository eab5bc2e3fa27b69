using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sixtyfour.IntegrationTests.Bulk;

/// <summary>A job and its result file over real sockets. Requests for the file are answered as a test says, and well when it says nothing.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private int _signature;

    private FileServer(WebApplication app) => _app = app;

    public byte[] File { get; set; } = [];

    public string? Tag { get; set; } = "\"v1\"";

    /// <summary>Where the links lead, when not here.</summary>
    public Uri? LinkOrigin { get; set; }

    public ConcurrentQueue<SeenFileRequest> Requests { get; } = new();

    public IEnumerable<SeenFileRequest> FileRequests => Requests.Where(request => request.Path.StartsWith("/files/", StringComparison.Ordinal));

    public int StatusRequests => Requests.Count(request => request.Path.StartsWith("/job-status/", StringComparison.Ordinal));

    public Uri Origin => new(_app.Urls.First());

    public static async Task<FileServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MinResponseDataRate = null);
        var app = builder.Build();
        var server = new FileServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public FileServer Does(Func<HttpContext, Task> step)
    {
        _script.Enqueue(step);
        return this;
    }

    public FileServer Answers(int status) => Does(context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync($"<Error><StringToSign>{context.Request.QueryString}</StringToSign></Error>");
    });

    /// <summary>Sends that many bytes of what was asked for and then ends the connection.</summary>
    public FileServer BreaksAfter(int bytes) => Does(context => ServeAsync(context, bytes));

    public string StatusJson() =>
        $$"""
        {"status":"completed","charge_amount":30,"results":[
          {"filename":"input.csv","block_number":1,"download_url":"{{LinkOrigin ?? Origin}}files/input?sig=other"},
          {"filename":"enriched.csv","block_number":2,"content_type":"text/csv",
          "download_url":"{{LinkOrigin ?? Origin}}files/enriched?sig=secret-{{Interlocked.Increment(ref _signature)}}"}]}
        """;

    public async Task ServeAsync(HttpContext context, int most = int.MaxValue)
    {
        var from = RangeStart(context);
        var response = context.Response;
        response.Headers.ETag = Tag;
        response.Headers.AcceptRanges = "bytes";
        response.ContentLength = File.Length - from;
        if (from > 0)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {from}-{File.Length - 1}/{File.Length}";
        }

        await response.Body.WriteAsync(File.AsMemory(from, Math.Min(most, File.Length - from)));
        // Fewer bytes than announced end the connection, and unlike a reset lose none that were sent.
        await response.Body.FlushAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private int RangeStart(HttpContext context)
    {
        var range = context.Request.Headers.Range.ToString();
        return range.Length > 0 && Tag is not null && context.Request.Headers.IfRange == Tag
            ? int.Parse(range.Replace("bytes=", "", StringComparison.Ordinal).TrimEnd('-'), CultureInfo.InvariantCulture)
            : 0;
    }

    private Task HandleAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        Requests.Enqueue(new(context.Request.Path.Value!, context.Request.QueryString.Value!, headers.Range, headers.IfRange, headers["x-api-key"]));
        return context.Request.Path.StartsWithSegments("/job-status") ? context.Response.WriteAsync(StatusJson())
            : _script.TryDequeue(out var step) ? step(context)
            : ServeAsync(context);
    }
}

internal sealed record SeenFileRequest(string Path, string Query, string? Range, string? IfRange, string? Key);
