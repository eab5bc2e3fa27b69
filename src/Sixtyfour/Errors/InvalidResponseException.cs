namespace Sixtyfour;

/// <summary>
/// An answer came that is none of this API's: not JSON, empty, too large, a redirect, a job start without an id. A call that costs may have run; it is not
/// sent again.
/// </summary>
/// <param name="message">What is wrong with it.</param>
/// <param name="innerException">The failure underneath, if any.</param>
public sealed class InvalidResponseException(string message, Exception? innerException = null) : SixtyfourException(message, innerException)
{
    /// <summary>The first 64 KiB of the body.</summary>
    /// <value><see langword="null"/> when there was none.</value>
    public string? ResponseBody { get; init; }
}
