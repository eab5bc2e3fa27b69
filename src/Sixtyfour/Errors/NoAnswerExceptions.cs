using System.Net;

namespace Sixtyfour;

/// <summary>
/// The request was sent and no usable answer came: the work may have run and been charged. Check your account before you pay again; the SDK has not sent it
/// again.
/// </summary>
/// <param name="message">What happened.</param>
/// <param name="idempotencyKey">The key the request carried, if any.</param>
/// <param name="statusCode">The status that came instead of an answer, if any.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class OutcomeUnknownException(string message, string? idempotencyKey = null, HttpStatusCode? statusCode = null, Exception? innerException = null)
    : SixtyfourException(message, innerException)
{
    /// <summary>Sending again with this key cannot charge twice.</summary>
    /// <value><see langword="null"/> when the request had no key.</value>
    public string? IdempotencyKey { get; } = idempotencyKey;

    /// <summary>The status that came instead of an answer, such as 502 or 504.</summary>
    /// <value><see langword="null"/> when no response came.</value>
    public HttpStatusCode? StatusCode { get; } = statusCode;
}

/// <summary>No answer came, and nothing that costs or changes anything was accepted: no connection, or no answer to a call that only reads.</summary>
/// <param name="message">What failed.</param>
/// <param name="innerException">The cause.</param>
public sealed class ConnectionFailedException(string message, Exception innerException) : SixtyfourException(message, innerException)
{
    /// <summary>True unless there is a <see cref="SixtyfourException.JobId"/>: nothing was accepted.</summary>
    public override bool IsSafeToRepeat => JobId is null;
}

/// <summary>The call's total limit passed before anything was accepted.</summary>
/// <param name="message">What the call waited for.</param>
/// <param name="limit">The limit that passed.</param>
public sealed class DeadlineExceededException(string message, TimeSpan limit) : SixtyfourException(message)
{
    /// <summary>The limit that passed.</summary>
    public TimeSpan Limit { get; } = limit;

    /// <summary>True unless there is a <see cref="SixtyfourException.JobId"/>: nothing was accepted.</summary>
    public override bool IsSafeToRepeat => JobId is null;
}
