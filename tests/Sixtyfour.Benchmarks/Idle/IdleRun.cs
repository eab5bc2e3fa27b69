using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Sixtyfour.Benchmarks.Idle;

/// <summary>One way, with a server, a proxy and as many clients as lanes: each has connections of its own.</summary>
internal sealed class IdleRun(IdleVariant variant, IdleSettings settings)
{
    private static readonly LeadInfo Lead = new() { Name = "Nadia Okafor" };
    private static readonly EnrichmentStruct Title = new() { ["title"] = "Current job title" };

    private int _arrived;
    private int _unknown;
    private int _sentAgain;
    private int _failed;
    private long _ticks;

    public async Task<IdleCounts> RunAsync()
    {
        await using var server = await ServerAsync();
        using var proxy = new IdlingProxy(new Uri(server.Urls.Single()).Port);
        await Task.WhenAll(Enumerable.Range(0, settings.Lanes).Select(lane => LaneAsync(proxy.Endpoint, new Random((settings.Seed * 1_000) + lane))));
        var starts = settings.Lanes * settings.StartsPerLane;
        return new(starts, _unknown, _sentAgain, _failed, _arrived, proxy.Connections, TimeSpan.FromTicks(_ticks).TotalMilliseconds / starts);
    }

    private async Task LaneAsync(Uri endpoint, Random random)
    {
        using var connections = new SocketsHttpHandler { PooledConnectionIdleTimeout = variant.Idle, ConnectTimeout = TimeSpan.FromSeconds(15) };
        using var handler = new Shaping(variant) { InnerHandler = connections };
        using var sixtyfour = new SixtyfourClient("sk_test", new() { Endpoint = endpoint, RateLimit = { RequestsPerMinute = null } }, handler);
        for (var i = 0; i < settings.StartsPerLane; i++)
        {
            // Around the idle limit of the proxy, where it hurts.
            await Task.Delay(TimeSpan.FromSeconds(4 + (2 * random.NextDouble())));
            await StartAsync(sixtyfour, handler);
        }
    }

    private async Task StartAsync(SixtyfourClient sixtyfour, Shaping handler)
    {
        var begun = TimeProvider.System.GetTimestamp();
        handler.Sent = 0;
        try
        {
            await sixtyfour.Leads.StartAsync(Lead, Title);
        }
        catch (OutcomeUnknownException)
        {
            Interlocked.Increment(ref _unknown);
        }
        catch (SixtyfourException)
        {
            Interlocked.Increment(ref _failed);
        }

        Interlocked.Add(ref _sentAgain, handler.Sent - 1);
        Interlocked.Add(ref _ticks, TimeProvider.System.GetElapsedTime(begun).Ticks);
    }

    private async Task<WebApplication> ServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = variant.Version.Major > 1 ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync($$"""{"task_id":"job-{{Interlocked.Increment(ref _arrived)}}"}""");
        });
        await app.StartAsync();
        return app;
    }

    private sealed class Shaping(IdleVariant variant) : DelegatingHandler
    {
        public int Sent { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent++;
            request.Version = variant.Version;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            request.Headers.ExpectContinue = variant.Expects ? true : null;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
