using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>What a <c>webhook_url</c> must be like: https, 1 to 2083 characters, and a public address.</summary>
internal static class WebhookUrlRules
{
    private const int MostCharacters = 2083;

    /// <summary>Reads the member; a malformed one is noted with <paramref name="members"/>.</summary>
    public static Uri? Read(MemberReader members)
    {
        if (members.Optional("webhook_url", JsonValueKind.String) is not { } url)
        {
            return null;
        }

        var malformed = Malformed(url);
        members.AddIfAny(malformed);
        return malformed is null ? new Uri(url.GetString()!) : null;
    }

    /// <summary>The refusal of an address that the service would not deliver to.</summary>
    public static Reply? Refusal(Uri? address, EmulatorOptions options) =>
        address is not null && !options.AllowsLocalWebhooks && Unreachable(address) is { } reason ? Reply.Detail(HttpStatusCode.BadRequest, reason) : null;

    private static ValidationProblem? Malformed(JsonElement value)
    {
        var url = value.GetString()!;
        if (url.Length > MostCharacters)
        {
            return new("url_too_long", $"URL should have at most {MostCharacters} characters", value, "body", "webhook_url")
            {
                Context = new JsonObject { ["max_length"] = MostCharacters },
            };
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            return new("url_parsing", "Input should be a valid URL", value, "body", "webhook_url");
        }

        return address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps
            ? null
            : new("url_scheme", "URL scheme should be 'http' or 'https'", value, "body", "webhook_url");
    }

    /// <summary>Why the service would not deliver to this address. Names are not looked up: no request leaves the machine.</summary>
    private static string? Unreachable(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return "webhook_url must use HTTPS";
        }

        var isPrivate = address.IsLoopback || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IsPrivate(ip));
        return isPrivate ? "webhook_url must resolve to a public address" : null;
    }

    public static bool IsPrivate(IPAddress ip)
    {
        if (ip.IsIPv4MappedToIPv6)
        {
            ip = ip.MapToIPv4();
        }

        if (ip.AddressFamily is AddressFamily.InterNetworkV6)
        {
            return IPAddress.IsLoopback(ip) || ip.IsIPv6LinkLocal || ip.IsIPv6SiteLocal || ip.IsIPv6UniqueLocal || ip.Equals(IPAddress.IPv6Any);
        }

        return ip.GetAddressBytes() is [0 or 10 or 127, ..] or [169, 254, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..];
    }
}
