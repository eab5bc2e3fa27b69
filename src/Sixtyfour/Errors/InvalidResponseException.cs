namespace Sixtyfour;

/// <summary>
/// An answer came that is none of this API's: not JSON, empty, too large, a redirect, a job start without an id. A call that costs may have run; it is not
/// sent again.
/// </summary>
/// <param name="message">What is wrong with it.</param>
/// <param name="inner">The failure underneath, if any.</param>
public sealed class InvalidResponseException(string message, Exception? inner = null) : SixtyfourException(message, inner)
{
    /// <summary>The first 64 KiB of the body.</summary>
    /// <value><see langword="null"/> when there was none.</value>
    public string? ResponseBody { get; init; }
}
