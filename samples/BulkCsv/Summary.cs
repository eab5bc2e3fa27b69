using Sixtyfour;
using Spectre.Console;

namespace BulkCsv;

/// <summary>What came out.</summary>
internal static class Summary
{
    private const int RowsShown = 3;
    private const int ColumnsShown = 5;

    public static async Task PrintAsync(BulkResult result, EnrichmentStruct fields, string output, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        var (rows, enriched) = (0, 0);
        var table = new Table();
        await foreach (var row in result.ReadRowsAsync(cancellationToken))
        {
            rows++;
            enriched += row.IsEnriched ? 1 : 0;
            if (rows <= RowsShown)
            {
                Add(table, row, [row.Columns[0], .. fields.Select(field => field.Key).Take(ColumnsShown - 1)]);
            }
        }

        screen.Write(table);
        var (found, unchanged) = (Words.Number(enriched), Words.Number(rows - enriched));
        screen.MarkupLineInterpolated(
            $"Saved [bold]{output}[/]: {Words.Rows(rows)} in the order of the input, {found} enriched, {unchanged} came back as they were.");
        screen.WriteLine(result.ChargeCents is { } cents ? $"The service charged {Words.Dollars(cents)}." : "The service did not say what it charged.");
    }

    private static void Add(Table table, ResultRow row, IReadOnlyList<string> columns)
    {
        if (table.Rows.Count is 0)
        {
            table.AddColumns([.. columns.Select(Markup.Escape)]);
        }

        table.AddRow([.. columns.Select(column => new Text(row[column].AsString() ?? "-"))]);
    }
}
