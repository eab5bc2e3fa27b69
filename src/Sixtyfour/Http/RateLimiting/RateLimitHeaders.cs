using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Sixtyfour.Http.RateLimiting;

/// <summary>The headers of an answer about the limit. All are optional, and none is trusted further than it can be checked.</summary>
/// <param name="Limit">Requests a minute.</param>
/// <param name="Remaining">How many of them are left.</param>
/// <param name="Reset">When there are more, by the service's clock.</param>
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

    /// <summary>When more requests are left, by the service's clock.</summary>
    public static DateTimeOffset? ResetIn(HttpResponseHeaders headers) =>
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

/// <summary>How long the service asks to wait: <c>Retry-After</c>, else, for a 429, what is left until <c>X-RateLimit-Reset</c>.</summary>
internal static class RetryHint
{
    // A longer hint is more likely the result of a wrong clock.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        var serverNow = response.Headers.Date ?? now;
        var hint = FromRetryAfter(response.Headers, serverNow)
            ?? (response.StatusCode is (HttpStatusCode)429 ? RateLimitHeaders.ResetIn(response.Headers) - serverNow : null);
        return hint switch
        {
            null => null,
            { } wait when wait > Longest => null,
            { } wait when wait < TimeSpan.Zero => TimeSpan.Zero,
            { } wait => wait,
        };
    }

    private static TimeSpan? FromRetryAfter(HttpResponseHeaders headers, DateTimeOffset serverNow) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - serverNow,
        _ => null,
    };
}
