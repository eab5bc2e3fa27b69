using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sixtyfour.Emulator.Tests.Webhooks;

/// <summary>A bare server that notes what is delivered, beside an emulator on a clock that stands still.</summary>
internal sealed class Hook : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Hook(WebApplication app, Wire wire)
    {
        (_app, Wire) = (app, wire);
        Address = new Uri(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/hook");
    }

    public Wire Wire { get; }

    public SixtyfourEmulator Emulator => Wire.Emulator;

    public Uri Address { get; }

    public ConcurrentQueue<Post> Posts { get; } = [];

    /// <summary>The answers, one a delivery; 200 when there is none left.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = [];

    public static async Task<Hook> StartAsync(Action<EmulatorOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        Hook? hook = null;
        app.Run(context => hook!.TakeAsync(context));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return hook = new(app, await Wire.StartOnManualClockAsync(options =>
        {
            options.AllowsLocalWebhooks = true;
            configure?.Invoke(options);
        }));
    }

    public static Func<HttpContext, Task> Says(HttpStatusCode status) => context =>
    {
        context.Response.StatusCode = (int)status;
        context.Response.Headers.Location = "/elsewhere";
        return Task.CompletedTask;
    };

    public Task<string> StartJobAsync(string path = "/enrich-lead-async") => Wire.StartJobAsync(path, Wire.Enrichment(more: $"\"webhook_url\": \"{Address}\""));

    /// <summary>Lets all jobs end and everything that follows happen.</summary>
    public Task RunAsync(int deliveries) =>
        RunAsync(Emulator, () => Emulator.Deliveries.Count(delivery => delivery.StatusCode is not null || delivery.Failure is not null) >= deliveries);

    /// <summary>Moves the clock on until something is so.</summary>
    public static async Task RunAsync(SixtyfourEmulator emulator, Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await emulator.AdvanceUntilAsync(WatchAsync(), limit.Token);

        // Looks now and then and does not spin: the clock moves only when the machine has come to rest.
        async Task WatchAsync()
        {
            using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
            while (!condition())
            {
                await looks.WaitForNextTickAsync(limit.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Wire.DisposeAsync();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Posts.Enqueue(new(
            context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray(),
            Emulator.Clock.GetUtcNow()));
        if (Answers.TryDequeue(out var answer))
        {
            await answer(context);
        }
    }

    internal sealed record Post(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, DateTimeOffset At)
    {
        public string Text => Encoding.UTF8.GetString(Body);

        public string? this[string header] => Headers.GetValueOrDefault("Sixtyfour-" + header);
    }
}
