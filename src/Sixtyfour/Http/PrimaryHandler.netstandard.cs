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

    /// <exception cref="InvalidOperationException">It follows redirects and was used before.</exception>
    public static void ForbidRedirects(HttpMessageHandler handler)
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
            ServicePointManager.FindServicePoint(request.RequestUri!).SetTcpKeepAlive(enabled: true, keepAliveTime: 30_000, keepAliveInterval: 15_000);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
