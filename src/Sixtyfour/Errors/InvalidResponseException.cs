namespace Sixtyfour;

/// <summary>
/// The answer is not one of this API: not JSON, empty, too large, a redirect, a job start without an id. A call that costs may have run; it is not sent
/// again.
/// </summary>
/// <param name="message">What is wrong with it.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class InvalidResponseException(string message, Exception? innerException = null) : SixtyfourException(message, innerException)
{
    /// <summary>The first 64 KiB of the body. It may contain personal data: do not log it where that matters.</summary>
    /// <value><see langword="null"/> when it was empty.</value>
    public string? ResponseBody { get; init; }
}
