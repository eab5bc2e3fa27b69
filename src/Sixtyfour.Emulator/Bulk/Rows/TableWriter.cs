using System.Text;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Writes the rows of a table to disk in one of the formats.</summary>
internal sealed class TableWriter : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly SpooledFile _file = new();
    private readonly StreamWriter _text;
    private readonly CsvText _csv;
    private bool _isFirst = true;

    public TableWriter(string format)
    {
        Format = format;
        _text = new(_file.Content, new UTF8Encoding(false), BufferSize, leaveOpen: true);
        _csv = new(_text);
    }

    public string Format { get; }

    public Task BeginAsync(TableRow row) => Format switch
    {
        ResultFormats.Csv => _csv.WriteAsync(row.Columns),
        ResultFormats.Json => _text.WriteAsync('['),
        _ => Task.CompletedTask,
    };

    public async Task WriteAsync(TableRow row)
    {
        if (Format == ResultFormats.Csv)
        {
            await _csv.WriteAsync(row.Texts()).ConfigureAwait(false);
            return;
        }

        var separator = Format == ResultFormats.Json && !_isFirst ? "," : "";
        var end = Format == ResultFormats.NdJson ? "\n" : "";
        await _text.WriteAsync(separator + Encoding.UTF8.GetString(JsonText.Write(row.ToJson())) + end).ConfigureAwait(false);
        _isFirst = false;
    }

    /// <summary>The file, which is the caller's from now on.</summary>
    public async Task<SpooledFile> EndAsync(CancellationToken cancellationToken)
    {
        if (Format == ResultFormats.Json)
        {
            await _text.WriteAsync(']').ConfigureAwait(false);
        }

        await _text.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _file.Content.FlushAsync(cancellationToken).ConfigureAwait(false);
        return _file;
    }

    public void Dispose()
    {
        _file.Dispose();
    }
}
