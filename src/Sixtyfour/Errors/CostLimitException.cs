namespace Sixtyfour;

/// <summary>The next start could cost more than the ceiling allows. It was not sent; jobs that were started before go on.</summary>
/// <param name="message">The ceiling and what is needed.</param>
public sealed class CostLimitException(string message) : SixtyfourException(message)
{
    /// <summary>The ceiling, in US cents.</summary>
    /// <value><see langword="null"/> only in exceptions made without one.</value>
    public decimal? LimitCents { get; init; }

    /// <summary>The ceiling that would suffice, as far as it is known, in US cents.</summary>
    /// <value><see langword="null"/> when it is not known.</value>
    public decimal? NeededCents { get; init; }
}
