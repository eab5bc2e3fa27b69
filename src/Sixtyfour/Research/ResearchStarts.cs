namespace Sixtyfour.Research;

/// <summary>What all starts of a many-run have in common.</summary>
internal sealed class ResearchStarts<TInput>
{
    /// <summary>A copy of what concerns each start.</summary>
    public required EnrichmentOptions? Options { get; init; }

    /// <summary>See <see cref="Jobs.JobKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the vendor documents as the price of a call, in US cents.</summary>
    public required decimal? DocumentedCents { get; init; }

    /// <summary>The body of a start with a webhook address. A <see cref="SixtyfourException"/> concerns this input alone.</summary>
    public required Func<TInput, Uri?, ReadOnlyMemory<byte>> Write { get; init; }
}
