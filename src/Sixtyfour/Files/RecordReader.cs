using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sixtyfour.Files;

/// <summary>Gives the records of an input one by one: of a CSV file the header first.</summary>
internal abstract class RecordReader : IAsyncDisposable
{
    /// <summary>The longest record that is taken: what the service adds to it still fits into <see cref="RowBuffer.MaxRowBytes"/>, so its result can be read.</summary>
    public const int MaxRecordBytes = RowBuffer.MaxRowBytes / 2;

    /// <summary>Without what separates records; valid until the next one is asked for.</summary>
    public Memory<byte> Current { get; protected set; }

    /// <summary>What has been read of the input so far.</summary>
    public abstract long BytesRead { get; }

    public abstract ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>The input cannot be sent because of <see cref="Current"/>.</summary>
    public abstract ArgumentException Refused(BrokenRecordException problem);

    protected static BrokenRecordException TooLong() => new(string.Format(CultureInfo.InvariantCulture, "has more than {0:N0} bytes", MaxRecordBytes));
}

/// <summary>Records out of bytes, through one buffer that is as large as the largest of them.</summary>
/// <param name="bytes">The input.</param>
/// <param name="format">How it is written.</param>
/// <param name="hash">Takes everything that is read.</param>
internal sealed class StreamRecords(ByteReader bytes, FileFormat format, IncrementalHash? hash = null) : RecordReader
{
    private const int FirstBuffer = 64 * 1024;

    private readonly RecordScanner _scanner = format.Scanner();
    private byte[] _buffer = new byte[FirstBuffer];
    private int _begin;
    private int _end;
    private bool _isAtEnd;
    private long _bytesRead;

    // Of the record that was taken last.
    private long _number = -1;
    private long _line;
    private long _nextLine = 1;

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

    public override ArgumentException Refused(BrokenRecordException problem) => Refused(problem, Current.Span, _number, _line);

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
                throw new BrokenRecordException("is not UTF-8 there: save the file as UTF-8", found.Begin + invalid);
            }
        }
        catch (BrokenRecordException e)
        {
            throw Refused(e, unread, _number + 1, _nextLine);
        }

        _line = _nextLine;
        _nextLine += LineEnds(unread.Slice(0, found.Consumed));
        _number += found.Length > 0 ? 1 : 0;
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
            _begin = FileStart.Problem(start) is { } problem ? throw new ArgumentException($"The bulk file {problem}.") : FileStart.MarkLength(start);
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
            throw Refused(TooLong(), _buffer.AsSpan(0, 0), _number + 1, _nextLine);
        }

        Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, MaxRecordBytes + FirstBuffer));
    }

    private ArgumentException Refused(BrokenRecordException problem, ReadOnlySpan<byte> record, long number, long line)
    {
        var row = format is FileFormat.Csv ? number - 1 : number;
        var before = record.Slice(0, Math.Min(problem.Offset, record.Length));
        var column = Encoding.UTF8.GetCharCount(before.Slice(before.LastIndexOfAny((byte)'\r', (byte)'\n') + 1).ToArray()) + 1;
        var name = row < 0 ? "the header" : string.Format(CultureInfo.InvariantCulture, "row {0:N0} (from 0)", row);
        return new(
            string.Format(CultureInfo.InvariantCulture, "The bulk file cannot be sent: {0} {1} (line {2:N0}, column {3:N0}).", name, problem.Message, line + LineEnds(before), column),
            problem);
    }

    // LF, CR or both.
    private static int LineEnds(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var at = text.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = text.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            count++;
            text = text.Slice(text[at] is (byte)'\r' && at + 1 < text.Length && text[at + 1] is (byte)'\n' ? at + 2 : at + 1);
        }

        return count;
    }
}
