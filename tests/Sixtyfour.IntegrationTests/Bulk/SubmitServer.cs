using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Bulk;

/// <summary>The bulk endpoints over real sockets. Uploads are answered as a test says, and well when it says nothing.</summary>
internal sealed class SubmitServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private int _begun;

    private SubmitServer(WebApplication app) => _app = app;

    public BulkService Service { get; } = new();

    public Uri Origin => new(_app.Urls.First());

    /// <summary>How many uploads have begun to arrive.</summary>
    public int UploadsBegun => Volatile.Read(ref _begun);

    /// <summary>The uploads that arrived to their end.</summary>
    public ConcurrentQueue<(string? Key, byte[] Bytes)> Uploads { get; } = new();

    public static async Task<SubmitServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var server = new SubmitServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public SubmitServer Does(Func<HttpContext, Task> step)
    {
        _script.Enqueue(step);
        return this;
    }

    /// <summary>Takes the file, starts the job, and ends the connection without an answer.</summary>
    public SubmitServer LosesTheAnswer() => Does(async context =>
    {
        await TakeAsync(context);
        context.Abort();
    });

    /// <summary>Ends the connection when that much of the upload has arrived.</summary>
    public SubmitServer ResetsAfter(int bytes) => Does(async context =>
    {
        await ReadAsync(context, bytes);
        context.Abort();
    });

    /// <summary>Reads that much and then nothing any more.</summary>
    public SubmitServer StallsAfter(int bytes) => Does(async context =>
    {
        await ReadAsync(context, bytes);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    });

    public SubmitServer Answers(int status, params (string Name, string Value)[] headers) => Does(async context =>
    {
        var body = await ReadToEndAsync(context);
        Uploads.Enqueue((context.Request.Headers["Idempotency-Key"], body));
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.StatusCode = status;
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (HttpMethods.IsPost(context.Request.Method))
        {
            Interlocked.Increment(ref _begun);
            await (_script.TryDequeue(out var step) ? step(context) : AnswerAsync(context));
        }
        else if (path.StartsWith("/job-status/", StringComparison.Ordinal))
        {
            var (status, body) = Service.Status(path.Split('/')[^1]);
            context.Response.StatusCode = (int)status;
            await context.Response.WriteAsync(body);
        }
        else if (path.StartsWith("/files/", StringComparison.Ordinal))
        {
            context.Response.ContentType = "text/csv";
            await context.Response.WriteAsync(Enriched(path.Split('/')[^1]));
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }

    // In the opposite order, as a service may that works on many rows at once.
    private string Enriched(string jobId)
    {
        var file = Service.Accepted.Single(one => one.JobId == jobId);
        var text = new StringBuilder($"{file.Header},title\n");
        foreach (var row in file.Rows.Reverse())
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},Title of {row.Split(',')[1]}\n");
        }

        return text.ToString();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (status, answer) = await TakeAsync(context);
        context.Response.StatusCode = (int)status;
        await context.Response.WriteAsync(answer);
    }

    private async Task<(System.Net.HttpStatusCode Status, string Body)> TakeAsync(HttpContext context)
    {
        var body = await ReadToEndAsync(context);
        string? key = context.Request.Headers["Idempotency-Key"];
        Uploads.Enqueue((key, body));
        return Service.Submit(context.Request.Path.Value!, key, context.Request.ContentType!, body);
    }

    private static async Task<byte[]> ReadToEndAsync(HttpContext context)
    {
        using var all = new MemoryStream();
        await context.Request.Body.CopyToAsync(all, context.RequestAborted);
        return all.ToArray();
    }

    private static async Task ReadAsync(HttpContext context, int bytes)
    {
        var buffer = new byte[16 * 1024];
        for (var read = 0; read < bytes;)
        {
            read += await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var some and > 0 ? some : throw new EndOfStreamException();
        }
    }
}
