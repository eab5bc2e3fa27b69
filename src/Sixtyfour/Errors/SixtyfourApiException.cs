using System.Net;

namespace Sixtyfour;

/// <summary>The service refused the call or failed at it. Statuses with something special to do have a type of their own; 404 and 409 arrive as this one.</summary>
/// <param name="statusCode">The status of the response.</param>
/// <param name="message">What the service said.</param>
public class SixtyfourApiException(HttpStatusCode statusCode, string message) : SixtyfourException(message)
{
    /// <summary>The status of the response.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>The service's own name for the error, such as <c>Bad Request</c>.</summary>
    /// <value><see langword="null"/> where the body holds none.</value>
    public string? ErrorType { get; init; }

    /// <summary>
    /// The reason the service gave, at most 1,000 characters. The message of this exception repeats it with e-mail addresses, phone numbers and query strings masked;
    /// here they are not, so do not log it where that matters.
    /// </summary>
    /// <value><see langword="null"/> where the body holds none.</value>
    public string? Reason { get; init; }

    /// <summary>The service's name for this exchange, to quote to its support.</summary>
    /// <value><see langword="null"/> where the service sent none.</value>
    public string? RequestId => Response?.RequestId;

    /// <summary>The body just as it came, cut at 64 KiB. It may repeat what was sent: do not log it where that matters.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>Status and headers of the response.</summary>
    public ResponseInfo? Response { get; init; }
}
