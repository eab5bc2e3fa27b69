namespace Sixtyfour;

/// <summary>How far a many-run has come.</summary>
public sealed class ManyProgress
{
    /// <summary>Jobs that this run has started; resumed ones are not among them.</summary>
    public long Started { get; init; }

    /// <summary>Jobs that are being waited for now, resumed ones included.</summary>
    public long Open { get; init; }

    /// <summary>Inputs that ended with a result.</summary>
    public long Succeeded { get; init; }

    /// <summary>Inputs that ended with an error.</summary>
    public long Failed { get; init; }

    /// <summary>What the jobs that have ended were charged, as far as the service said so, in US cents.</summary>
    public decimal ChargedCents { get; init; }

    /// <summary>The time since the run began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The counts, for a log.</summary>
    public override string ToString() => $"{Started} started, {Open} open, {Succeeded} succeeded, {Failed} failed";
}
