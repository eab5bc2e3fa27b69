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
