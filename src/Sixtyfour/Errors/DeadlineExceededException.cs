namespace Sixtyfour;

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
