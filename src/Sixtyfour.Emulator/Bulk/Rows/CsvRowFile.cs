using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Comma-separated values with a header, in UTF-8 with or without a byte-order mark.</summary>
internal sealed class CsvRowFile(SpooledFile file) : RowFile(file)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private string[] _columns = [];

    public override IReadOnlyList<string> Columns => _columns;

    public override async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(File.OpenRead(), StrictUtf8, detectEncodingFromByteOrderMarks: false);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        _columns = await NextAsync(parser).ConfigureAwait(false) ?? [];
        while (await NextAsync(parser).ConfigureAwait(false) is { } cells)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Row(cells, parser.Row);
        }
    }

    private static async Task<string[]?> NextAsync(CsvParser parser)
    {
        try
        {
            return await parser.ReadAsync().ConfigureAwait(false) ? parser.Record : null;
        }
        catch (BadDataException e)
        {
            throw new InvalidDataException($"row {parser.Row} is not proper CSV", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("the file is not UTF-8", e);
        }
    }

    private JsonElement Row(string[] cells, int number)
    {
        if (cells.Length > _columns.Length)
        {
            throw new InvalidDataException($"row {number} has {cells.Length} fields, expected {_columns.Length}");
        }

        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer))
        {
            writer.WriteStartObject();
            for (var i = 0; i < cells.Length; i++)
            {
                writer.WriteString(_columns[i], cells[i]);
            }

            writer.WriteEndObject();
        }

        return JsonText.Read(_buffer.WrittenMemory).Value!.Value;
    }
}
