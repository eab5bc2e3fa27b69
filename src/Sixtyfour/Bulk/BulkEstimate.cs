namespace Sixtyfour;

/// <summary>What a bulk file comes to, counted on this machine.</summary>
/// <param name="Rows">How many rows it holds, a header not counted.</param>
/// <param name="Bytes">How many bytes it has.</param>
/// <param name="Files">How many files it makes: 1 can be submitted as it is, more need a run.</param>
/// <param name="CostCents">Rows times the price of a row, in US cents; null when no price is known. A floor: options such as <c>find_people</c> can bill more.</param>
public sealed record BulkEstimate(long Rows, long Bytes, int Files, decimal? CostCents);
