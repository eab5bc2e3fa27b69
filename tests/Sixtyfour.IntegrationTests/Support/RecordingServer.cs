using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sixtyfour.IntegrationTests.Support;

/// <summary>A bare server that keeps what arrives just as it came, the key included; the emulator shows no key.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();
    private Func<HttpContext, Task> _answer = context => context.Response.WriteAsync("""{"task_id":"job-1","structured_data":{"title":"VP Engineering"}}""");

    private RecordingServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            _received.Enqueue(new(
                context.Request.Method,
                $"{context.Request.Path}{context.Request.QueryString}",
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body));
            await _answer(context);
        });
    }

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<ReceivedRequest> Received => [.. _received];

    public IEnumerable<string?> Keys => Received.Select(request => request.Headers.GetValueOrDefault("x-api-key"));

    public static async Task<RecordingServer> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var server = new RecordingServer();
        server._answer = answer ?? server._answer;
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record ReceivedRequest(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, string Body);
