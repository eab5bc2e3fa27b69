using System.Text;
using Sixtyfour.Files;

namespace Sixtyfour.Tests.Bulk;

/// <summary>Reads files of a test, also from streams that give a few bytes at a time.</summary>
internal static class CsvPieces
{
    public static async Task<List<string[]>> RecordsAsync(byte[] file, string lineEnd, int atATime = int.MaxValue)
    {
        // A line in front, so that the first record is one like the others.
        var mark = file.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        byte[] withHeader = [.. file.AsSpan(0, mark), .. Encoding.UTF8.GetBytes("a,b,c,d,e,f,g,h" + lineEnd), .. file.AsSpan(mark)];
        using var reader = (CsvRowReader)await RowReader.OpenAsync(
            new Trickle(withHeader, atATime), new FileLabel("test.csv", "job-1"), FileFormat.Csv, default);
        var records = new List<string[]>();
        while (await reader.ReadAsync(default))
        {
            var cells = new string[reader.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = CsvText.Of(reader.Record, reader.Cell(i));
            }

            records.Add(cells);
        }

        return records;
    }

    private sealed class Trickle(byte[] bytes, int atATime) : MemoryStream(bytes)
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer, offset, Math.Min(count, atATime), cancellationToken);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atATime)], cancellationToken);
    }
}
