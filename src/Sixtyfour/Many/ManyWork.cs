using Sixtyfour.Http;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Many;

/// <summary>What a feature gives to a many-run.</summary>
internal sealed class ManyWork<TInput, TResult>
{
    /// <summary>The endpoint of the start.</summary>
    public required string Route { get; init; }

    /// <summary>See <see cref="Jobs.JobKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the vendor documents as the price of a call, in US cents.</summary>
    public required decimal? DocumentedCents { get; init; }

    /// <summary>The body of a start. A <see cref="SixtyfourException"/> concerns this input alone.</summary>
    public required Func<TInput, ReadOnlyMemory<byte>> Write { get; init; }

    /// <summary>Sends a start with a turn taken before; returns the id of the job.</summary>
    public required Func<ReadOnlyMemory<byte>, SendPermit, CancellationToken, Task<string>> StartAsync { get; init; }

    public required Func<JobSnapshot, TResult> Read { get; init; }
}
