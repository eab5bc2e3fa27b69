namespace Sixtyfour.Bulk;

/// <summary>The header of a CSV input, as far as a run has to know it.</summary>
internal static class CsvHeader
{
    /// <summary>Refuses a header that a column cannot be added to.</summary>
    public static void Check(ReadOnlySpan<byte> header)
    {
        if (header.IndexOf((byte)',') < 0 && header.IndexOfAny((byte)';', (byte)'\t') >= 0)
        {
            throw new ArgumentException("The bulk file cannot be run: its header has no comma, but semicolons or tabs. The service reads comma-separated values: save it so.");
        }

        if (Names(header).Contains(BulkResults.RowIdColumn, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The bulk file cannot be run: it has a column '{BulkResults.RowIdColumn}' of its own, which a run adds. Rename it.");
        }
    }

    private static List<string> Names(ReadOnlySpan<byte> header)
    {
        var cells = new CsvScanner();
        cells.Begin();
        cells.TryScan(header, isLast: true);
        if (cells.Problem is { } problem)
        {
            throw new ArgumentException($"The bulk file cannot be run: in its header {problem}.");
        }

        var names = new List<string>();
        foreach (var cell in cells.Cells)
        {
            names.Add(CsvText.Of(header, cell).Trim());
        }

        return names;
    }
}
