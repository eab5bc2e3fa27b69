using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Sixtyfour.Http.RateLimiting;

/// <summary>How long the service asks to wait: <c>Retry-After</c>, else, for a 429, what is left until <c>X-RateLimit-Reset</c>.</summary>
internal static class RetryHint
{
    // A longer one is more likely a wrong clock than a wish.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        var serverNow = response.Headers.Date ?? now;
        var hint = FromRetryAfter(response.Headers, serverNow)
            ?? (response.StatusCode is (HttpStatusCode)429 ? FromReset(response.Headers, serverNow) : null);
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

    private static TimeSpan? FromReset(HttpResponseHeaders headers, DateTimeOffset serverNow) =>
        headers.TryGetValues("X-RateLimit-Reset", out var values)
        && double.TryParse(string.Join(",", values), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 253_402_300_800 // the year 10000
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) - serverNow
            : null;
}
