using System.Net;
using Microsoft.AspNetCore.Http;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Control;

/// <summary>
/// Keeps web pages away from the control panel. A page reaches this machine under a name of its own that leads here (DNS rebinding), or sends requests
/// from its own origin without reading the answers (CSRF); neither can be told from a local program by its address.
/// </summary>
internal sealed class PanelGuard(string apiKey, Uri? url)
{
    /// <summary>Why this request is not answered; null when it may be.</summary>
    public Reply? Refusal(HttpContext context)
    {
        var request = context.Request;
        var hasKey = request.Headers["x-api-key"] == apiKey;
        if (!IsOwn(request.Host.Host, acceptsAddresses: hasKey))
        {
            return Refused("These paths answer under localhost, a loopback address or the name in EmulatorOptions.Url, and with the key under an IP address.");
        }

        if (request.Headers.Origin is { Count: > 0 } origins && !origins.All(IsOwnOrigin))
        {
            return Refused("These paths do not answer to pages of other origins.");
        }

        return hasKey || (context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address))
            ? null
            : Refused("From another machine these paths need the key of the emulator.");
    }

    private bool IsOwnOrigin(string? origin) => Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsOwn(page.Host, acceptsAddresses: false);

    private bool IsOwn(string host, bool acceptsAddresses) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(url?.Host, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && (acceptsAddresses || IPAddress.IsLoopback(address)));

    private static Reply Refused(string why) => Reply.Error(HttpStatusCode.Forbidden, why);
}
