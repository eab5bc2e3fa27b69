namespace Sixtyfour;

/// <summary>What was about to be started could cost more than the ceiling allows. It was not sent; what had been started before goes on.</summary>
/// <param name="message">Ceiling and need.</param>
/// <param name="limitCents">The ceiling, in US cents.</param>
/// <param name="neededCents">What would be needed, in US cents, when known.</param>
public sealed class CostLimitException(string message, decimal limitCents, decimal? neededCents) : SixtyfourException(message)
{
    /// <summary>The ceiling, in US cents.</summary>
    public decimal LimitCents { get; } = limitCents;

    /// <summary>The ceiling that would do for what was asked, as far as it is known, in US cents.</summary>
    /// <value><see langword="null"/> when it is not known.</value>
    public decimal? NeededCents { get; } = neededCents;
}
