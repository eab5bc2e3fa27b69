namespace Sixtyfour.Bulk;

/// <summary>Where a cell lies in its record.</summary>
/// <param name="RawStart">Of the cell as it stands, quotes included.</param>
/// <param name="RawEnd">Behind it: the comma, the line end or the end of the file.</param>
/// <param name="IsQuoted">It stands in quotes, which are no part of its text.</param>
/// <param name="HasDoubledQuotes">Each pair of quotes in it is one.</param>
internal readonly record struct CsvCell(int RawStart, int RawEnd, bool IsQuoted, bool HasDoubledQuotes)
{
    /// <summary>The text between the quotes, pairs of quotes still doubled.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> record) =>
        IsQuoted ? record.Slice(RawStart + 1, RawEnd - RawStart - 2) : record.Slice(RawStart, RawEnd - RawStart);
}
