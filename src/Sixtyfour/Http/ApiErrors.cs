using System.Globalization;
using System.Net;
using System.Text;

namespace Sixtyfour.Http;

/// <summary>The one place that turns a response into an exception.</summary>
internal static class ApiErrors
{
    public static SixtyfourApiException Create(Call call, ResponseInfo response, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        // Masked before anything is cut, or half a key could stay.
        var text = BodyText.Read(body, call.Key);
        var error = ErrorBody.Read(Encoding.UTF8.GetBytes(text ?? ""));
        return Create(response, Message(call, response, error.Message, retryAfter), error, text, retryAfter, call.Request.JobId);
    }

    /// <summary>For the link of a file. What its server explains may repeat the signed address, so it is left out.</summary>
    public static SixtyfourApiException ForLink(ResponseInfo response, string origin, bool tookKey, TimeSpan? retryAfter, string? jobId)
    {
        var advice = tookKey || (int)response.StatusCode is not (401 or 403)
            ? ""
            : $" The key was not sent there: if it belongs there, add the origin to {nameof(SixtyfourClientOptions.TrustedDownloadOrigins)}.";
        return Create(
            response,
            $"The link to a file of job {jobId} at {origin} was answered with {(int)response.StatusCode}.{advice}",
            new(null, null, []),
            text: null,
            retryAfter,
            jobId);
    }

    // The message stands alone: what was requested, what came, why, and what to do about it.
    private static string Message(Call call, ResponseInfo response, string? reason, TimeSpan? retryAfter)
    {
        var about = call.Request.JobId is { } jobId ? $" for job {jobId}" : "";
        var why = reason is null ? ", without an explanation." : $": {PersonalData.Mask(reason).TrimEnd('.', ' ')}.";
        return $"/{call.Request.Route} answered {(int)response.StatusCode}{about}{why}{Advice(call, (int)response.StatusCode, retryAfter)}";
    }

    private static string Advice(Call call, int status, TimeSpan? retryAfter) => status switch
    {
        400 or 413 or 422 => " Correct the input.",
        401 => $" Check the API key, which came {call.KeyOrigin}.",
        402 => " Add credits to the account, then call again.",
        403 => " The organization needs access to this, or the key does.",
        404 when call.Request.JobId is not null => " Check the id, and whether the key belongs to the organization that started the job.",
        429 when retryAfter is { } wait => string.Format(CultureInfo.InvariantCulture, " Wait {0:0} s before you call again.", Math.Ceiling(wait.TotalSeconds)),
        429 => " Wait a minute before you call again.",
        408 or 504 when call.Request.Time is TimeoutKind.Agent => " Start a job with StartAsync instead: its result is not lost when a connection is.",
        >= 500 when MayBePaidFor(call, status, retryAfter) => " It may have run and been charged: check your account before you call again.",
        >= 500 => " Call again later.",
        _ => "",
    };

    private static bool MayBePaidFor(Call call, int status, TimeSpan? retryAfter) =>
        !call.Request.IsRepeatable
        && OutcomeTable.ForStatus((HttpStatusCode)status, retryAfter is not null, isRepeatable: false, retriesServerErrors: true).MayHaveRun;

    private static SixtyfourApiException Create(ResponseInfo response, string message, ErrorBody error, string? text, TimeSpan? retryAfter, string? jobId)
    {
        var (status, attempts, type, reason) = (response.StatusCode, response.Attempts, error.ErrorType, error.Message);
        return (int)status switch
        {
            400 or 413 or 422 => new InvalidRequestException(status, message)
            {
                Errors = error.Errors,
                Reason = reason,
                ErrorType = type,
                ResponseBody = text,
                Response = response,
                JobId = jobId,
                Attempts = attempts,
            },
            401 => new InvalidApiKeyException(message)
            { Reason = reason, ErrorType = type, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            402 => new InsufficientCreditsException(message)
            { Reason = reason, ErrorType = type, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            403 => new PermissionDeniedException(message)
            { Reason = reason, ErrorType = type, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            429 => new RateLimitedException(message, retryAfter)
            { Reason = reason, ErrorType = type, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            >= 500 => new ServerErrorException(status, message)
            { Reason = reason, ErrorType = type, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
            _ => new SixtyfourApiException(status, message)
            { Reason = reason, ErrorType = type, ResponseBody = text, Response = response, JobId = jobId, Attempts = attempts },
        };
    }
}
