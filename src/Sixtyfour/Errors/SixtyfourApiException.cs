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

/// <summary>The service refused the input (400, 413 or 422): correct it. Nothing ran and nothing was charged.</summary>
/// <param name="statusCode">400, 413 or 422; the service documents 400 and 422 for the same mistake.</param>
/// <param name="message">What the service said.</param>
public sealed class InvalidRequestException(HttpStatusCode statusCode, string message) : SixtyfourApiException(statusCode, message)
{
    /// <summary>What is wrong, field by field.</summary>
    /// <value>Empty where the service gave one sentence for the whole.</value>
    public IReadOnlyList<RequestError> Errors { get; init; } = [];
}

/// <summary>One thing the service found wrong with the input. Its text is the service's; the offending value is left out.</summary>
/// <param name="Path">Where, members joined with dots: <c>body.lead_info</c>.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record RequestError(string Path, string Message);

/// <summary>The key is missing, wrong, revoked or expired (401). Nothing ran.</summary>
/// <param name="message">What the service said.</param>
public sealed class InvalidApiKeyException(string message) : SixtyfourApiException(HttpStatusCode.Unauthorized, message);

/// <summary>The balance does not cover the call (402): top up. Nothing ran and nothing was charged.</summary>
/// <param name="message">What the service said.</param>
public sealed class InsufficientCreditsException(string message) : SixtyfourApiException(HttpStatusCode.PaymentRequired, message);

/// <summary>The organization lacks access to what was asked for, such as a gated tier (403). Nothing ran.</summary>
/// <param name="message">What the service said.</param>
public sealed class PermissionDeniedException(string message) : SixtyfourApiException(HttpStatusCode.Forbidden, message);

/// <summary>Too many requests: the service still said so (429) after all retries, or the client's own limit left no turn in time. Nothing ran.</summary>
/// <param name="message">What the service said, or which limit of the client was met.</param>
/// <param name="retryAfter">How long to wait, when known.</param>
public sealed class RateLimitedException(string message, TimeSpan? retryAfter) : SixtyfourApiException((HttpStatusCode)429, message)
{
    /// <summary>How long to wait before the next try.</summary>
    /// <value><see langword="null"/> when nothing was said; the vendor's advice is then a minute.</value>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>True unless a job is known: a request over the limit is refused at the door.</summary>
    public override bool IsSafeToRepeat => JobId is null;
}

/// <summary>The service failed (5xx) and retries, where they are safe, did not help.</summary>
/// <param name="statusCode">500 or above.</param>
/// <param name="message">What the service said.</param>
public sealed class ServerErrorException(HttpStatusCode statusCode, string message) : SixtyfourApiException(statusCode, message);
