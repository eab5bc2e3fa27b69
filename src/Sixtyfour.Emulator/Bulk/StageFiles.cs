using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Makes the files of the two stages: the rows as they were read, and the rows with what was found. Both are CSV, whatever was uploaded.</summary>
internal sealed class StageFiles(BulkRoute route, Submission submission, BulkResearch research, EmulatorOptions options)
{
    private const int BufferSize = 64 * 1024;
    private const long MostPreviewBytes = 1_000_000;

    public async Task<IReadOnlyList<StageFile>> MakeAsync(CancellationToken cancellationToken)
    {
        var found = BulkResearch.ColumnsOf(submission.Settings);
        var input = await MakeAsync(1, "input.csv", [], (_, _) => { }, cancellationToken).ConfigureAwait(false);
        try
        {
            return [input, await MakeAsync(2, "enriched.csv", found, AddFound, cancellationToken).ConfigureAwait(false)];
        }
        catch
        {
            input.Content.Dispose();
            throw;
        }
    }

    private async Task<StageFile> MakeAsync(
        int stage, string name, IReadOnlyList<string> added, Action<TableRow, JsonElement> complete, CancellationToken cancellationToken)
    {
        var preview = submission.RowCount <= options.PreviewRows ? new JsonArray() : null;
        var row = new TableRow(submission.Rows.Columns, added);
        var file = new SpooledFile();
        try
        {
            using var text = new StreamWriter(file.Content, new UTF8Encoding(false), BufferSize, leaveOpen: true);
            var csv = new CsvText(text);
            await csv.WriteAsync(row.Columns).ConfigureAwait(false);
            await foreach (var cells in submission.Rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                row.Set(cells);
                complete(row, cells);
                await csv.WriteAsync(row.Texts()).ConfigureAwait(false);
                preview?.Add((JsonNode)row.ToJson());
            }

            await text.FlushAsync(cancellationToken).ConfigureAwait(false);
            await file.Content.FlushAsync(cancellationToken).ConfigureAwait(false);
            return new(stage, name, "text/csv", file, file.Length <= MostPreviewBytes ? preview : null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void AddFound(TableRow row, JsonElement cells)
    {
        if (research.Find(route.Path, submission.Settings, cells) is not { } found)
        {
            return;   // passed through as it is
        }

        foreach (var (name, value) in found)
        {
            row.Set(name, value is null ? null : JsonText.ToElement(value));
        }
    }
}
