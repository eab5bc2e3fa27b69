using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>Reads the records of an input one by one; of a CSV file the header comes first.</summary>
internal abstract class RecordReader : IAsyncDisposable
{
    /// <summary>
    /// The longest record to accept: with what the service adds it still fits into <see cref="RowBuffer.MaxRowBytes"/>, so its result can be read.
    /// </summary>
    public const int MaxRecordBytes = RowBuffer.MaxRowBytes / 2;

    /// <summary>The current record without separators; valid until the next one is read.</summary>
    public Memory<byte> Current { get; protected set; }

    /// <summary>How many bytes of the input have been read so far.</summary>
    public abstract long BytesRead { get; }

    public abstract ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>The error for an input that cannot be sent because of <see cref="Current"/>.</summary>
    public abstract ArgumentException Refused(BrokenRecordException problem);

    protected static BrokenRecordException TooLong() => new(string.Format(CultureInfo.InvariantCulture, "has more than {0:N0} bytes", MaxRecordBytes));
}

/// <summary>Reads records from bytes, through one buffer that grows to the largest of them.</summary>
/// <param name="bytes">The input.</param>
/// <param name="format">Its format.</param>
/// <param name="hash">Gets everything that is read.</param>
internal sealed class StreamRecords(ByteReader bytes, FileFormat format, IncrementalHash? hash = null) : RecordReader
{
    private const int FirstBuffer = 64 * 1024;

    private readonly RecordScanner _scanner = format.Scanner();
    private byte[] _buffer = new byte[FirstBuffer];
    private int _begin;
    private int _end;
    private bool _isAtEnd;
    private long _bytesRead;

    // The current record, from the end of the one before it.
    private ReadOnlyMemory<byte> _piece;
    private int _lead;
    private Place _place;
    private Place _next = new(0, 1, 1);

    public override long BytesRead => _bytesRead;

    public override async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var isBlank))
            {
                if (isBlank)
                {
                    continue;
                }

                return true;
            }

            if (_isAtEnd)
            {
                return false;
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override ValueTask DisposeAsync()
    {
        bytes.Dispose();
        return default;
    }

    public override ArgumentException Refused(BrokenRecordException problem) => Refused(problem, _place, _piece.Span, _lead + problem.Offset);

    private bool TryTake(out bool isBlank)
    {
        isBlank = false;
        if (_bytesRead is 0 && !_isAtEnd)
        {
            return false;
        }

        var unread = _buffer.AsSpan(_begin, _end - _begin);
        FoundRecord found;
        try
        {
            if (!_scanner.TryFind(unread, _isAtEnd, out found))
            {
                return false;
            }

            if (Utf8Check.FindInvalid(unread.Slice(found.Begin, found.Length)) is >= 0 and var invalid)
            {
                throw new BrokenRecordException("is not UTF-8: save the file as UTF-8", found.Begin + invalid);
            }
        }
        catch (BrokenRecordException e)
        {
            throw Refused(e, _next, unread, e.Offset);
        }

        (_piece, _lead, _place) = (_buffer.AsMemory(_begin, found.Consumed), found.Begin, _next);
        _next = _next.After(_piece.Span, isRecord: found.Length > 0);
        Current = _buffer.AsMemory(_begin + found.Begin, found.Length);
        _begin += found.Consumed;
        isBlank = found.Length is 0;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var isFirst = _bytesRead is 0;
        do
        {
            var read = await bytes.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            hash?.AppendData(_buffer, _end, read);
            _isAtEnd = read is 0;
            _bytesRead += read;
            _end += read;
        }
        while (isFirst && !_isAtEnd && _end < FileStart.Length);

        if (isFirst)
        {
            var start = _buffer.AsSpan(0, _end);
            _begin = FileStart.InputProblem(start) is { } problem ? throw new ArgumentException($"The bulk file {problem}.") : FileStart.MarkLength(start);
        }
    }

    private void MakeRoom()
    {
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            _end -= _begin;
            _begin = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        if (_end > MaxRecordBytes)
        {
            throw Refused(TooLong(), _next, [], 0);
        }

        Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, MaxRecordBytes + FirstBuffer));
    }

    private ArgumentException Refused(BrokenRecordException problem, Place place, ReadOnlySpan<byte> piece, int offset)
    {
        var at = place.After(piece.Slice(0, Math.Min(offset, piece.Length)), isRecord: false);
        var row = format is FileFormat.Csv ? at.Record - 1 : at.Record;
        var name = row < 0 ? "the header" : string.Format(CultureInfo.InvariantCulture, "row {0:N0} (from 0)", row);
        return new(
            string.Format(
                CultureInfo.InvariantCulture, "The bulk file cannot be sent: {0} {1} (line {2:N0}, column {3:N0}).", name, problem.Message, at.Line, at.Column),
            problem);
    }

    /// <param name="Record">How many records precede it.</param>
    /// <param name="Line">From 1.</param>
    /// <param name="Column">From 1, in characters.</param>
    private readonly record struct Place(long Record, long Line, long Column)
    {
        public Place After(ReadOnlySpan<byte> text, bool isRecord)
        {
            var (line, column) = (Line, Column);
            for (var at = text.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = text.IndexOfAny((byte)'\r', (byte)'\n'))
            {
                (line, column) = (line + 1, 1);
                // LF, CR or both.
                text = text.Slice(text[at] is (byte)'\r' && at + 1 < text.Length && text[at + 1] is (byte)'\n' ? at + 2 : at + 1);
            }

            return new(Record + (isRecord ? 1 : 0), line, column + Characters(text));
        }

        private static int Characters(ReadOnlySpan<byte> text)
        {
            var count = 0;
            foreach (var value in text)
            {
                count += (value & 0xC0) is 0x80 ? 0 : 1;
            }

            return count;
        }
    }
}

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
        // Most rows are available at once, and awaiting each would cost as much as writing it.
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
        // A converter may write raw JSON.
        WhiteSpace.ToOneLine(_buffer.Array.AsSpan(0, _buffer.Length));
        Current = _buffer.Array.AsMemory(0, _buffer.Length);
        _bytesRead += Current.Length + 1;
        _taken++;
        return Current.Length > MaxRecordBytes ? throw Refused(TooLong())
            : Current.Length > 0 && Current.Span[0] is (byte)'{' ? true
            : throw Refused(new($"is not written as a JSON object: a row of {TypeName.Of(typeof(T))} must have members that become its columns"));
    }
}
