namespace Sixtyfour.Bulk;

/// <summary>What a run has come to.</summary>
/// <param name="Parts">The files that have a result, in input order.</param>
/// <param name="Failures">Why each of the others has none.</param>
internal sealed record RunEnd(IReadOnlyList<BulkRunPart> Parts, IReadOnlyList<SixtyfourException> Failures);
