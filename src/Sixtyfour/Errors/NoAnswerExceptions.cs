using System.Net;

namespace Sixtyfour;

/// <summary>
/// The request left this machine and no usable answer came back: the work may have run, and been charged. Look before you pay again; the SDK has not sent
/// it twice.
/// </summary>
/// <param name="message">What happened.</param>
/// <param name="idempotencyKey">The key the request carried, if any.</param>
/// <param name="statusCode">The status that came instead of an answer, if any.</param>
/// <param name="innerException">The failure underneath, if any.</param>
public sealed class OutcomeUnknownException(string message, string? idempotencyKey = null, HttpStatusCode? statusCode = null, Exception? innerException = null)
    : SixtyfourException(message, innerException)
{
    /// <summary>Sending again with this key cannot charge twice.</summary>
    /// <value><see langword="null"/> where the endpoint takes no key.</value>
    public string? IdempotencyKey { get; } = idempotencyKey;

    /// <summary>The status of a 502 or 504, say.</summary>
    /// <value><see langword="null"/> when no response began.</value>
    public HttpStatusCode? StatusCode { get; } = statusCode;
}

/// <summary>No answer could be had, and nothing that costs or changes anything was accepted: no connection, or a call that only reads stayed without an answer.</summary>
/// <param name="message">What failed.</param>
/// <param name="innerException">The failure underneath.</param>
public sealed class ConnectionFailedException(string message, Exception innerException) : SixtyfourException(message, innerException)
{
    /// <summary>True unless a job is known: nothing was accepted.</summary>
    public override bool IsSafeToRepeat => JobId is null;
}

/// <summary>The call's total limit passed before anything was accepted.</summary>
/// <param name="message">What was being waited for.</param>
/// <param name="limit">The limit that passed.</param>
public sealed class DeadlineExceededException(string message, TimeSpan limit) : SixtyfourException(message)
{
    /// <summary>The limit that passed.</summary>
    public TimeSpan Limit { get; } = limit;

    /// <summary>True unless a job is known: nothing was accepted.</summary>
    public override bool IsSafeToRepeat => JobId is null;
}
