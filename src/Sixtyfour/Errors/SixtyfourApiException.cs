using System.Net;

namespace Sixtyfour;

/// <summary>The service refused the call or failed. Statuses that need a special reaction have their own type; 404 and 409 have this one.</summary>
/// <param name="statusCode">The status of the response.</param>
/// <param name="message">What the service said.</param>
public class SixtyfourApiException(HttpStatusCode statusCode, string message) : SixtyfourException(message)
{
    /// <summary>The status of the response.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>The service's name for the error, such as <c>Bad Request</c>.</summary>
    /// <value><see langword="null"/> where the body has none.</value>
    public string? ErrorType { get; init; }

    /// <summary>
    /// The reason from the service, at most 1,000 characters. The message of this exception repeats it with e-mail addresses, phone numbers and query strings
    /// masked; here they are not, so do not log it where that matters.
    /// </summary>
    /// <value><see langword="null"/> where the body has none.</value>
    public string? Reason { get; init; }

    /// <summary>The service's id of this exchange (<c>x-request-id</c>), for the vendor's support.</summary>
    /// <value><see langword="null"/> where the service sent none.</value>
    public string? RequestId => Response?.RequestId;

    /// <summary>The body, cut at 64 KiB, with the API key masked. It may repeat what was sent: do not log it where that matters.</summary>
    /// <value><see langword="null"/> when it was empty.</value>
    public string? ResponseBody { get; init; }

    /// <summary>Status and headers of the response.</summary>
    /// <value><see langword="null"/> when no response came.</value>
    public ResponseInfo? Response { get; init; }
}

/// <summary>The service refused the input (400, 413 or 422): correct it. Nothing ran and nothing was charged.</summary>
/// <param name="statusCode">400, 413 or 422; the service documents 400 and 422 for the same mistake.</param>
/// <param name="message">What the service said.</param>
public sealed class InvalidRequestException(HttpStatusCode statusCode, string message) : SixtyfourApiException(statusCode, message)
{
    /// <summary>What is wrong, field by field.</summary>
    /// <value>Empty where the service gave one reason for the whole input.</value>
    public IReadOnlyList<RequestError> Errors { get; init; } = [];
}

/// <summary>One problem with the input, in the words of the service. The invalid value is left out.</summary>
/// <param name="Path">The path of the member, joined with dots: <c>body.lead_info</c>.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record RequestError(string Path, string Message);

/// <summary>The key is missing, wrong, revoked or expired (401). Nothing ran and nothing was charged.</summary>
/// <param name="message">What the service said.</param>
public sealed class InvalidApiKeyException(string message) : SixtyfourApiException(HttpStatusCode.Unauthorized, message);

/// <summary>The balance does not cover the call (402): add credits. Nothing ran and nothing was charged.</summary>
/// <param name="message">What the service said.</param>
public sealed class InsufficientCreditsException(string message) : SixtyfourApiException(HttpStatusCode.PaymentRequired, message);

/// <summary>The organization has no access to what was requested, such as a restricted tier (403). Nothing ran and nothing was charged.</summary>
/// <param name="message">What the service said.</param>
public sealed class PermissionDeniedException(string message) : SixtyfourApiException(HttpStatusCode.Forbidden, message);

/// <summary>
/// Too many requests: the service still answered 429 after all retries, or the client's own limit granted no permit in time. Nothing ran and nothing was
/// charged.
/// </summary>
/// <param name="message">What the service said, or which limit of the client was met.</param>
/// <param name="retryAfter">How long to wait, if known.</param>
public sealed class RateLimitedException(string message, TimeSpan? retryAfter) : SixtyfourApiException((HttpStatusCode)429, message)
{
    /// <summary>How long to wait before the next attempt.</summary>
    /// <value><see langword="null"/> when unknown; the vendor's errors page then advises one minute.</value>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>True unless there is a <see cref="SixtyfourException.JobId"/>: a request over the limit is refused before any work.</summary>
    public override bool IsSafeToRepeat => JobId is null;
}

/// <summary>The service failed (5xx), and retries, where they are safe, did not help. A call that costs may have run.</summary>
/// <param name="statusCode">500 or above.</param>
/// <param name="message">What the service said.</param>
public sealed class ServerErrorException(HttpStatusCode statusCode, string message) : SixtyfourApiException(statusCode, message);
