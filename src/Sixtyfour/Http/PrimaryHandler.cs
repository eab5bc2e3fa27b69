using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sixtyfour.Http;

/// <summary>The handler that owns the connections.</summary>
internal static class PrimaryHandler
{
    /// <summary>Connections are renewed by <see cref="SocketsHttpHandler.PooledConnectionLifetime"/>, so the handler itself may stay.</summary>
    public static readonly TimeSpan Lifetime = Timeout.InfiniteTimeSpan;

    // Shorter than the idle limit of any server or balancer: a connection that the other side is just closing would leave a paid request without an answer.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(1);

    public static HttpMessageHandler Create() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = IdleTimeout,
        ConnectCallback = ConnectAsync,
    };

    /// <summary>No redirects, and no baggage of the application in the headers.</summary>
    /// <exception cref="InvalidOperationException">It follows redirects and was used before.</exception>
    public static void Restrict(HttpMessageHandler handler, bool sendsTraceContext)
    {
        switch (handler)
        {
            case SocketsHttpHandler sockets:
                if (sockets.AllowAutoRedirect)
                {
                    sockets.AllowAutoRedirect = false;
                }

                RestrictPropagation(sockets, sendsTraceContext);
                break;
            case HttpClientHandler { AllowAutoRedirect: true } client:
                client.AllowAutoRedirect = false;
                break;
        }
    }

    private static void RestrictPropagation(SocketsHttpHandler sockets, bool sendsTraceContext)
    {
        if (sockets.ActivityHeadersPropagator is null or TraceContextOnly)
        {
            return;
        }

        try
        {
            sockets.ActivityHeadersPropagator = sendsTraceContext ? new TraceContextOnly(sockets.ActivityHeadersPropagator) : null;
        }
        catch (InvalidOperationException)
        {
            // It was used before, so the application decides which headers it adds.
        }
    }

    // A synchronous call is silent for minutes; without keep-alive a NAT on the way forgets the connection and the answer is lost.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = await AddressRace.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
        TrySet(socket, SocketOptionLevel.Socket, SocketOptionName.KeepAlive, 1);
        TrySet(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        TrySet(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
        return new NetworkStream(socket, ownsSocket: true);
    }

    // A connection without keep-alive is better than none.
    private static void TrySet(Socket socket, SocketOptionLevel level, SocketOptionName name, int value)
    {
        try
        {
            socket.SetSocketOption(level, name, value);
        }
        catch (Exception e) when (e is SocketException or PlatformNotSupportedException)
        {
            // The platform does not know it.
        }
    }

    private sealed class TraceContextOnly(DistributedContextPropagator inner) : DistributedContextPropagator
    {
        public override IReadOnlyCollection<string> Fields => [.. inner.Fields.Where(IsTraceContext)];

        public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
            inner.Inject(activity, carrier, (to, name, value) =>
            {
                if (IsTraceContext(name))
                {
                    setter?.Invoke(to, name, value);
                }
            });

        public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
            inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

        public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;

        // A list of what may leave, so that other headers of the application's propagator stay out.
        private static bool IsTraceContext(string name) =>
            name.Equals("traceparent", StringComparison.OrdinalIgnoreCase) || name.Equals("tracestate", StringComparison.OrdinalIgnoreCase);
    }
}
