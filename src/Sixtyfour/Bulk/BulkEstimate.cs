namespace Sixtyfour;

/// <summary>The size and the expected cost of a bulk file, counted on this machine.</summary>
public sealed class BulkEstimate
{
    /// <summary>How many rows it holds, without a header.</summary>
    public long Rows { get; init; }

    /// <summary>How many bytes it has.</summary>
    public long Bytes { get; init; }

    /// <summary>How many files it makes: a single file can be submitted as it is, more need a run.</summary>
    public int Files { get; init; }

    /// <summary>Rows times the price of a row, in US cents. A floor: options such as <c>find_people</c> can bill more.</summary>
    /// <value><see langword="null"/> when no price is known.</value>
    public decimal? EstimatedCostCents { get; init; }

    /// <summary>Names rows and files.</summary>
    public override string ToString() => FormattableString.Invariant($"{Rows:N0} rows in {Files:N0} file(s)");
}
