using System.Net;

namespace Sixtyfour;

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
