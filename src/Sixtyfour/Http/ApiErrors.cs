using System.Text;

namespace Sixtyfour.Http;

/// <summary>The one place that turns a response into an exception.</summary>
internal static class ApiErrors
{
    public static SixtyfourApiException Create(ResponseInfo response, ReadOnlySpan<byte> body, TimeSpan? retryAfter, string? jobId, string key)
    {
        // A service that repeats the key in its complaint must not bring it into a log. Masked before anything is cut, or half a key could stay.
        var masked = BodyText.MaskKey(BodyText.Decode(body), key);
        var error = ErrorBody.Read(Encoding.UTF8.GetBytes(masked));
        var status = response.StatusCode;
        var message = error.Message ?? $"The service answered {(int)status} without an explanation.";
        return Create(response, message, error.Errors, error.ErrorType, masked.Length is 0 ? null : masked, retryAfter, jobId);
    }

    /// <summary>For the link of a file. Whatever its server explains may repeat the signed address, so it is not told.</summary>
    public static SixtyfourApiException ForLink(ResponseInfo response, string origin, bool tookKey, TimeSpan? retryAfter, string? jobId)
    {
        var advice = tookKey || (int)response.StatusCode is not (401 or 403)
            ? ""
            : $" The key was not sent there: if it belongs there, add the origin to {nameof(SixtyfourClientOptions.TrustedDownloadOrigins)}.";
        return Create(response, $"The link to a file of job {jobId} at {origin} was answered with {(int)response.StatusCode}.{advice}", [], null, null, retryAfter, jobId);
    }

    private static SixtyfourApiException Create(
        ResponseInfo response, string message, IReadOnlyList<RequestError> errors, string? errorType, string? text, TimeSpan? retryAfter, string? jobId)
    {
        var (status, attempts) = (response.StatusCode, response.Attempts);
        return (int)status switch
        {
            400 or 413 or 422 => new InvalidRequestException(status, message)
            {
                Errors = errors,
                ErrorType = errorType, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts,
            },
            401 => new InvalidApiKeyException(message) { ErrorType = errorType, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            402 => new InsufficientCreditsException(message) { ErrorType = errorType, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            403 => new PermissionDeniedException(message) { ErrorType = errorType, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            429 => new RateLimitedException(message, retryAfter) { ErrorType = errorType, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            >= 500 => new ServerErrorException(status, message) { ErrorType = errorType, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            _ => new SixtyfourApiException(status, message) { ErrorType = errorType, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
        };
    }
}
