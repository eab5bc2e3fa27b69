using System.Net;

namespace Sixtyfour.Http;

/// <summary>The handler that owns the connections.</summary>
internal static class PrimaryHandler
{
    /// <summary>This handler cannot renew its connections, so the factory renews the handler: a changed DNS entry is seen that way.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static HttpMessageHandler Create() => new KeepAliveHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        // .NET Framework allows two connections a host; the limit on requests is ours to keep.
        MaxConnectionsPerServer = int.MaxValue,
    };

    /// <summary>No redirects. This handler cannot control the trace headers.</summary>
    /// <exception cref="InvalidOperationException">It follows redirects and was used before.</exception>
    public static void Restrict(HttpMessageHandler handler, bool sendsTraceContext)
    {
        if (handler is HttpClientHandler { AllowAutoRedirect: true } client)
        {
            client.AllowAutoRedirect = false;
        }
    }

    private sealed class KeepAliveHandler : HttpClientHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // .NET Framework would hold the body back and ask first, and its sockets stay silent; elsewhere both settings are without effect.
            request.Headers.ExpectContinue = false;
            var connections = ServicePointManager.FindServicePoint(request.RequestUri!);
            connections.MaxIdleTime = 1_000;
            TrySetKeepAlive(connections);
            return base.SendAsync(request, cancellationToken);
        }

        private static void TrySetKeepAlive(ServicePoint connections)
        {
            try
            {
                connections.SetTcpKeepAlive(enabled: true, keepAliveTime: 30_000, keepAliveInterval: 15_000);
            }
            catch (Exception e) when (e is PlatformNotSupportedException or NotImplementedException or System.Net.Sockets.SocketException)
            {
                // A connection without keep-alive is better than none.
            }
        }
    }
}
