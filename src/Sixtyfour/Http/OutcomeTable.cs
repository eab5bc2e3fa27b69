using System.Net;
using System.Security.Authentication;

namespace Sixtyfour.Http;

/// <summary>What the end of one attempt means for the request.</summary>
/// <param name="MayHaveRun">The service may have accepted it, so work may run and be charged.</param>
/// <param name="SendAgain">Sending it again is safe, or documented by the vendor.</param>
internal readonly record struct Verdict(bool MayHaveRun, bool SendAgain)
{
    /// <summary>It is unknown what the attempt was charged, and no other attempt can show it.</summary>
    public bool IsUnknown => MayHaveRun && !SendAgain;
}

/// <summary>
/// The outcome table of the page on errors and retries, row by row. The only place that decides whether a request may have run, whether it is sent again, and
/// what that means for the call as a whole; <see cref="AttemptResult"/> stamps the answer on the failure.
/// </summary>
internal static class OutcomeTable
{
    private static readonly Verdict NotAccepted = new(MayHaveRun: false, SendAgain: true);
    private static readonly Verdict Refused = new(MayHaveRun: false, SendAgain: false);

    /// <param name="status">The status of an answer that is not a success.</param>
    /// <param name="hasHint">The service said when to retry.</param>
    /// <param name="isRepeatable">See <see cref="ApiRequest.IsRepeatable"/>.</param>
    /// <param name="retriesServerErrors">See <see cref="RetryOptions.RetryPaidCallsOnServerError"/>.</param>
    public static Verdict ForStatus(HttpStatusCode status, bool hasHint, bool isRepeatable, bool retriesServerErrors) => (int)status switch
    {
        // Refused before any work, so nothing ran.
        429 => NotAccepted,
        503 when hasHint => NotAccepted,
        501 or 505 => Refused,
        // The vendor documents "wait and retry" and makes no exception for paid calls.
        500 => new(MayHaveRun: true, isRepeatable || retriesServerErrors),
        408 or > 500 => new(MayHaveRun: true, isRepeatable),
        _ => Refused,
    };

    /// <summary>No response began.</summary>
    public static Verdict ForNoAnswer(Exception failure, bool bodyBegun, bool isRepeatable) =>
        bodyBegun ? new(MayHaveRun: true, isRepeatable)
        : IsCertificateRefused(failure) ? Refused
        : NotAccepted;

    /// <summary>A success began, and its body did not end.</summary>
    public static Verdict ForBrokenBody(bool isRepeatable) => new(MayHaveRun: true, isRepeatable);

    /// <summary>
    /// Whether a failure of the call would state or suggest that nothing ran, though one of its attempts may have been accepted. With a key the call can be
    /// repeated safely, so the exception has to carry the key whatever came last.
    /// </summary>
    public static bool HidesDoubt(Call call, Exception failure) => IsInDoubt(call) && (IsCuredByKey(call.Request)
        ? failure is not OutcomeUnknownException
        : failure is not SixtyfourException { MayHaveRun: true });

    /// <summary>An attempt may have been accepted, and it matters: what only reads costs nothing.</summary>
    public static bool IsInDoubt(Call call) => call.MayHaveRun && (!call.Request.IsRepeatable || call.Request.IdempotencyKey is not null);

    public static bool IsCuredByKey(ApiRequest request) => request is { IsRepeatable: true, IdempotencyKey: not null };

    private static bool IsCertificateRefused(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }
}
