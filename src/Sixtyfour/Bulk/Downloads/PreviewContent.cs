using System.Globalization;
using System.Runtime.InteropServices;

namespace Sixtyfour.Bulk;

/// <summary>The rows that the service sent inside its answer, as JSON lines. They count only where there is no file and they are all of its rows.</summary>
internal sealed class PreviewContent(BulkFileEntry entry, string jobId) : BulkContent
{
    public override BulkFormat? Format => BulkFormat.Json;

    public override Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!entry.HasPreview)
        {
            throw Invalid($"the service gave no link to it{(entry.Message is null ? "" : $" ({entry.Message})")}");
        }

        var count = entry.Preview.GetArrayLength();
        return entry.RowCount == count
            ? Task.FromResult<Stream>(Lines(count))
            : throw Invalid($"there is no link to it, and the {count} rows inside the answer are not the {entry.RowCount?.ToString(CultureInfo.InvariantCulture) ?? "unknown number of"} rows it has");
    }

    private MemoryStream Lines(int count)
    {
        var lines = new MemoryStream(count * 64);
        foreach (var row in entry.Preview.EnumerateArray())
        {
            var line = JsonMarshal.GetRawUtf8Value(row).ToArray();
            WhiteSpace.ToOneLine(line);
            lines.Write(line, 0, line.Length);
            lines.WriteByte((byte)'\n');
        }

        lines.Position = 0;
        return lines;
    }

    private InvalidResponseException Invalid(string problem) => new RowFile(entry.FileName, jobId).Invalid(problem);
}
