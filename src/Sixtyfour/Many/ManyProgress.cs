namespace Sixtyfour;

/// <summary>How far a many-run has come.</summary>
/// <param name="Started">Jobs that this run has started; resumed ones are not among them.</param>
/// <param name="Open">Jobs that are being waited for now, resumed ones included.</param>
/// <param name="Succeeded">Inputs that ended with a result.</param>
/// <param name="Failed">Inputs that ended with an error.</param>
/// <param name="ChargedCents">What the jobs that have ended were charged, as far as the service said so, in US cents.</param>
/// <param name="Elapsed">The time since the run began.</param>
public sealed record ManyProgress(long Started, long Open, long Succeeded, long Failed, decimal ChargedCents, TimeSpan Elapsed);
