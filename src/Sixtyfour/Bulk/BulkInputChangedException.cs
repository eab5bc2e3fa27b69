namespace Sixtyfour;

/// <summary>
/// The rows differ from those that were counted, or that a run began with: sending them would pay for other rows, or for the same rows twice. They were not
/// sent.
/// </summary>
/// <param name="message">Which file differs, and how.</param>
public sealed class BulkInputChangedException(string message) : SixtyfourException(message);
