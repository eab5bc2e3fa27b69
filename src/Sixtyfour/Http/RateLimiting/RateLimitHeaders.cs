using System.Globalization;
using System.Net.Http.Headers;

namespace Sixtyfour.Http.RateLimiting;

/// <summary>What an answer says about the limit. All of it is optional, and none of it is trusted further than it can be checked.</summary>
/// <param name="Limit">Requests a minute.</param>
/// <param name="Remaining">What is left of them.</param>
/// <param name="Reset">When more will be, by the service's clock.</param>
/// <param name="Date">The service's clock.</param>
internal readonly record struct RateLimitHeaders(int Limit, int Remaining, DateTimeOffset? Reset, DateTimeOffset? Date)
{
    private const double Year10000 = 253_402_300_800;

    public static RateLimitHeaders? Read(HttpResponseHeaders headers) =>
        Number(headers, "X-RateLimit-Remaining") is { } remaining and >= 0 and < int.MaxValue
        && Number(headers, "X-RateLimit-Limit") is { } limit and >= 1 and < int.MaxValue
        && remaining <= limit
            ? new((int)limit, (int)remaining, ResetIn(headers), headers.Date)
            : null;

    private static DateTimeOffset? ResetIn(HttpResponseHeaders headers) =>
        Number(headers, "X-RateLimit-Reset") is { } seconds and > 0 and < Year10000 ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;

    private static double? Number(HttpResponseHeaders headers, string name)
    {
        if (!headers.TryGetValues(name, out var values))
        {
            return null;
        }

        foreach (var text in values)
        {
            return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        return null;
    }
}
