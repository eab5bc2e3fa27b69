using System.Net;
using System.Security.Authentication;

namespace Sixtyfour.Http;

/// <summary>What follows from how an attempt ended.</summary>
internal enum Verdict
{
    /// <summary>Nothing was accepted, or accepting it twice costs nothing: send again.</summary>
    Retry,

    /// <summary>The service said no, and would again.</summary>
    Refused,

    /// <summary>It may have run.</summary>
    OutcomeUnknown,
}

/// <summary>The outcome table of the page on errors and retries, row by row. The only place that decides whether a request is sent again.</summary>
internal sealed class OutcomeTable(bool retryPaidCallsOnServerError)
{
    public Verdict ForStatus(HttpStatusCode status, bool hasHint, bool isRepeatable) => (int)status switch
    {
        // Refused at the door, so nothing ran.
        429 => Verdict.Retry,
        503 when hasHint => Verdict.Retry,
        // The vendor documents "wait and retry" and makes no exception for paid calls.
        500 => isRepeatable || retryPaidCallsOnServerError ? Verdict.Retry : Verdict.OutcomeUnknown,
        501 or 505 => Verdict.Refused,
        408 or > 500 => isRepeatable ? Verdict.Retry : Verdict.OutcomeUnknown,
        _ => Verdict.Refused,
    };

    /// <summary>Whether a request that was answered so may have been accepted all the same.</summary>
    public static bool MayHaveRun(HttpStatusCode status, bool hasHint) => (int)status switch
    {
        503 when hasHint => false,
        501 or 505 => false,
        408 or >= 500 => true,
        _ => false,
    };

    /// <summary>No response began.</summary>
    public static Verdict ForNoAnswer(Exception failure, bool bodyBegun, bool isRepeatable) =>
        !bodyBegun && IsCertificateRefused(failure) ? Verdict.Refused
        : !bodyBegun || isRepeatable ? Verdict.Retry
        : Verdict.OutcomeUnknown;

    /// <summary>A success began, and its body did not end.</summary>
    public static Verdict ForBrokenBody(bool isRepeatable) => isRepeatable ? Verdict.Retry : Verdict.OutcomeUnknown;

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
