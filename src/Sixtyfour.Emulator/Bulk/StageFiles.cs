using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Makes the files of the blocks: the rows as they were read, and the rows with what was found up to each block.</summary>
internal sealed class StageFiles(Submission submission, BulkResearch research, EmulatorOptions options)
{
    private const long MostPreviewBytes = 1_000_000;

    private readonly IReadOnlyList<PipelineBlock> _blocks = submission.Pipeline.Blocks;

    public async Task<IReadOnlyList<StageFile>> MakeAsync(CancellationToken cancellationToken)
    {
        var made = new List<StageFile>();
        try
        {
            for (var stage = 1; stage <= _blocks.Count; stage++)
            {
                made.AddRange(await MakeAsync(stage, cancellationToken).ConfigureAwait(false));
            }

            return made;
        }
        catch
        {
            made.ForEach(file => file.Content.Dispose());
            throw;
        }
    }

    private async Task<IReadOnlyList<StageFile>> MakeAsync(int stage, CancellationToken cancellationToken)
    {
        var added = _blocks.Take(stage).SelectMany(BulkResearch.ColumnsOf).Distinct(StringComparer.Ordinal);
        var row = new TableRow(submission.Columns ?? submission.Rows.Columns, [.. added]);
        var preview = submission.RowCount <= options.PreviewRows ? new JsonArray() : null;
        var writers = submission.Formats.Select(format => new TableWriter(format)).ToList();
        try
        {
            foreach (var writer in writers)
            {
                await writer.BeginAsync(row).ConfigureAwait(false);
            }

            await foreach (var cells in submission.Rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                row.Set(cells);
                AddFound(row, stage, submission.Columns is null ? cells : JsonText.ToElement(row.ToJson()));
                foreach (var writer in writers)
                {
                    await writer.WriteAsync(row).ConfigureAwait(false);
                }

                preview?.Add((JsonNode)row.ToJson());
            }

            var files = new List<StageFile>();
            foreach (var writer in writers)
            {
                var content = await writer.EndAsync(cancellationToken).ConfigureAwait(false);
                files.Add(new(stage, $"{_blocks[stage - 1].FileName}.{writer.Format}", writer.Format, content, submission.RowCount,
                    content.Length <= MostPreviewBytes ? (JsonArray?)preview?.DeepClone() : null));
            }

            return files;
        }
        catch
        {
            writers.ForEach(writer => writer.Dispose());
            throw;
        }
    }

    private void AddFound(TableRow row, int stage, JsonElement cells)
    {
        foreach (var block in _blocks.Take(stage))
        {
            if (research.Find(submission.Pipeline.Path, block, cells) is { } found)
            {
                foreach (var (name, value) in found)
                {
                    row.Set(name, value is null ? null : JsonText.ToElement(value));
                }
            }
        }
    }
}
