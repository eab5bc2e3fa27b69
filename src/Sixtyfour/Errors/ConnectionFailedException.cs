namespace Sixtyfour;

/// <summary>No answer could be had, and nothing that costs or changes anything was accepted: no connection, or a call that only reads stayed without an answer.</summary>
/// <param name="message">What failed.</param>
/// <param name="innerException">The failure underneath.</param>
public sealed class ConnectionFailedException(string message, Exception innerException) : SixtyfourException(message, innerException)
{
    /// <summary>True unless a job is known: nothing was accepted.</summary>
    public override bool IsSafeToRepeat => JobId is null;
}
