using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>Rows of the application's own type as JSON objects, each written into the same buffer.</summary>
internal sealed class RowRecords<T> : RecordReader
{
    private readonly IAsyncEnumerator<T> _rows;
    private readonly JsonTypeInfo<T> _typeInfo;
    private readonly ByteBuffer _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private long _bytesRead;
    private long _taken;

    public RowRecords(IAsyncEnumerable<T> rows, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        _rows = rows.GetAsyncEnumerator(cancellationToken);
        _typeInfo = typeInfo;
        // Never indented: a row is a line.
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = typeInfo.Options.Encoder, MaxDepth = JsonRow.MaxDepth });
    }

    public override long BytesRead => _bytesRead;

    public override ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Rows are nearly always there: waiting for each costs as much as writing it.
        var next = _rows.MoveNextAsync();
        return next.IsCompletedSuccessfully ? new(next.Result && Write()) : AwaitAsync(next);
    }

    public override async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync().ConfigureAwait(false);
        _writer.Dispose();
    }

    public override ArgumentException Refused(BrokenRecordException problem) =>
        new(string.Format(CultureInfo.InvariantCulture, "The bulk file cannot be sent: row {0:N0} (from 0) {1}.", _taken - 1, problem.Message), problem);

    private async ValueTask<bool> AwaitAsync(ValueTask<bool> next) => await next.ConfigureAwait(false) && Write();

    private bool Write()
    {
        _buffer.Clear();
        _writer.Reset();
        JsonSerializer.Serialize(_writer, _rows.Current, _typeInfo);
        _writer.Flush();
        // A converter may write JSON of its own making.
        WhiteSpace.ToOneLine(_buffer.Array.AsSpan(0, _buffer.Length));
        Current = _buffer.Array.AsMemory(0, _buffer.Length);
        _bytesRead += Current.Length + 1;
        _taken++;
        return Current.Length > MaxRecordBytes ? throw Refused(TooLong())
            : Current.Length > 0 && Current.Span[0] is (byte)'{' ? true
            : throw Refused(new($"is not written as a JSON object: a row of {TypeName.Of(typeof(T))} must have members that become its columns"));
    }
}
