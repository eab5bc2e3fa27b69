using System.Globalization;
using System.Net;

namespace Sixtyfour;

/// <summary>Status and headers of a response.</summary>
/// <param name="statusCode">The status of the response.</param>
/// <param name="headers">Its headers; several values of one name are joined with a comma.</param>
/// <param name="attempts">How many times the request was sent.</param>
public sealed class ResponseInfo(HttpStatusCode statusCode, IReadOnlyDictionary<string, string> headers, int attempts)
{
    /// <summary>The status of the response.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>The response headers by name, without regard to letter case where the SDK made the dictionary.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers ?? throw new ArgumentNullException(nameof(headers));

    /// <summary>How many times the request was sent, including the attempt that was answered.</summary>
    public int Attempts { get; } = attempts;

    /// <summary>The service's id of this exchange (<c>x-request-id</c>), for the vendor's support.</summary>
    /// <value><see langword="null"/> where the service sends none.</value>
    public string? RequestId => Headers.TryGetValue("x-request-id", out var id) ? id : null;

    /// <summary>How many requests are left in this minute (<c>X-RateLimit-Remaining</c>).</summary>
    /// <value><see langword="null"/> where the service sends none.</value>
    public int? RateLimitRemaining =>
        Headers.TryGetValue("x-ratelimit-remaining", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var left)
            ? left
            : null;

    /// <summary>Shows status and request id.</summary>
    public override string ToString() => $"{(int)StatusCode}, request id {RequestId ?? "none"}";
}
