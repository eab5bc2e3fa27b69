using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sixtyfour.Emulator.Server;

/// <summary>Kestrel without a host around it: no configuration, no environment, no logging, and up in milliseconds.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const long MostBodyBytes = 110 * 1024 * 1024;

    private readonly KestrelServer _server;
    private readonly ConnectionCounter _connections;

    private Listener(KestrelServer server, ConnectionCounter connections, Uri endpoint) =>
        (_server, _connections, Endpoint) = (server, connections, endpoint);

    public Uri Endpoint { get; }

    public static async Task<Listener> StartAsync(
        Uri? url, IHttpApplication<HttpContext> application, ConnectionCounter connections, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MinRequestBodyDataRate = null;   // slow calls are what this server is for
        options.Limits.MinResponseDataRate = null;
        options.Limits.MaxRequestBodySize = MostBodyBytes;
        Listen(options, url, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(connections.Around);
        });
        var transport = new SocketTransportFactory(new OptionsWrapper<SocketTransportOptions>(new() { Backlog = 4096 }), NullLoggerFactory.Instance);
        var server = new KestrelServer(new OptionsWrapper<KestrelServerOptions>(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new(server, connections, EndpointOf(server, url));
    }

    public async ValueTask DisposeAsync()
    {
        _connections.AbortAll();
        await _server.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _server.Dispose();
    }

    private static void Listen(KestrelServerOptions options, Uri? url, Action<ListenOptions> configure)
    {
        if (url is null)
        {
            options.Listen(IPAddress.Loopback, 0, configure);
        }
        else if (IPAddress.TryParse(url.DnsSafeHost, out var address))
        {
            options.Listen(address, url.Port, configure);
        }
        else if (url.Host == "localhost")
        {
            options.Listen(IPAddress.Loopback, url.Port, configure);
        }
        else
        {
            options.ListenAnyIP(url.Port, configure);
        }
    }

    private static Uri EndpointOf(KestrelServer server, Uri? url)
    {
        var bound = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var isEveryAddress = IPAddress.TryParse(bound.DnsSafeHost, out var ip) ? ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) : !bound.IsLoopback;
        return new UriBuilder("http", isEveryAddress ? "127.0.0.1" : bound.Host, bound.Port, url?.AbsolutePath ?? "/").Uri;
    }
}
