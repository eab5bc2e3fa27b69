using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Sixtyfour.Emulator.Enrichment;

namespace Sixtyfour.Emulator.Webhooks;

/// <summary>Posts deliveries. Follows no redirect, and looks once more where a name leads: an address that was public at the start may not be now.</summary>
internal sealed class WebhookHttp : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly bool _allowsLocal;

    public WebhookHttp(bool allowsLocal)
    {
        _allowsLocal = allowsLocal;
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        });
    }

    public async Task<int> PostAsync(WebhookMessage message, int attempt, string? signature, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Target) { Content = new ReadOnlyMemoryContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Sixtyfour-Event-Id", message.EventId);
        request.Headers.TryAddWithoutValidation("Sixtyfour-Event-Type", message.EventType);
        request.Headers.TryAddWithoutValidation("Sixtyfour-Delivery-Attempt", $"{attempt}");
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Sixtyfour-Signature", signature);
        }

        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return (int)response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        if (!_allowsLocal && addresses.Any(WebhookUrlRules.IsPrivate))
        {
            throw new HttpRequestException("The address of the webhook is not public.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
