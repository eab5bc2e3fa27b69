namespace Sixtyfour.Emulator.Bulk;

/// <summary>Writes comma-separated values: line feeds, and quotes where they are needed, so that no row is an empty line.</summary>
internal sealed class CsvText(TextWriter writer)
{
    public async Task WriteAsync(IReadOnlyCollection<string> cells)
    {
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
            {
                await writer.WriteAsync(',').ConfigureAwait(false);
            }

            await writer.WriteAsync(NeedsQuotes(cell) || (cell.Length == 0 && cells.Count == 1)
                ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                : cell).ConfigureAwait(false);
            isFirst = false;
        }

        await writer.WriteAsync('\n').ConfigureAwait(false);
    }

    private static bool NeedsQuotes(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") || (cell.Length > 0 && (cell[0] is ' ' || cell[^1] is ' '));
}
