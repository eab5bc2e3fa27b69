namespace Sixtyfour;

/// <summary>The progress of a many-run.</summary>
public sealed class ManyProgress
{
    /// <summary>Jobs that this run has started, without resumed ones.</summary>
    public long Started { get; init; }

    /// <summary>Jobs that the run is waiting for, including resumed ones.</summary>
    public long Open { get; init; }

    /// <summary>Inputs that ended with a result.</summary>
    public long Succeeded { get; init; }

    /// <summary>Inputs that ended with an error.</summary>
    public long Failed { get; init; }

    /// <summary>The known charges of the jobs that have ended, in US cents.</summary>
    public decimal ChargedCents { get; init; }

    /// <summary>The time since the run began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The counts, for a log.</summary>
    public override string ToString() => $"{Started} started, {Open} open, {Succeeded} succeeded, {Failed} failed";
}
