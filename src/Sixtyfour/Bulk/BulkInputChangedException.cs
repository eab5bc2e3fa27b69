namespace Sixtyfour;

/// <summary>
/// The rows are not the ones that were counted, or that a run began with: sending them would pay for others, or for the same ones twice. They were not sent.
/// </summary>
/// <param name="message">Which file differs, and in what.</param>
public sealed class BulkInputChangedException(string message) : SixtyfourException(message);
