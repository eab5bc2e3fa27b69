namespace Sixtyfour;

/// <summary>What was about to be started could cost more than the ceiling allows. It was not sent; what had been started before goes on.</summary>
/// <param name="message">Ceiling and need.</param>
public sealed class CostLimitException(string message) : SixtyfourException(message)
{
    /// <summary>The ceiling, in US cents.</summary>
    /// <value><see langword="null"/> only in exceptions made without one.</value>
    public decimal? LimitCents { get; init; }

    /// <summary>The ceiling that would do for what was asked, as far as it is known, in US cents.</summary>
    /// <value><see langword="null"/> when it is not known.</value>
    public decimal? NeededCents { get; init; }
}
