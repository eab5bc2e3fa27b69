using System.Globalization;
using System.Security.Cryptography;

namespace Sixtyfour.Bulk;

/// <summary>Records out of bytes, through one buffer that is as large as the largest of them.</summary>
internal sealed class StreamRecords(ByteReader bytes, RecordScanner scanner, long longest, IncrementalHash? hash = null) : RecordReader
{
    private const int FirstBuffer = 64 * 1024;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _begin;
    private int _end;
    private bool _isAtEnd;
    private long _bytesRead;
    private long _records;

    public override long BytesRead => _bytesRead;

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

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

                _records++;
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

    private bool TryTake(out bool isBlank)
    {
        isBlank = false;
        if (_bytesRead is 0 && !_isAtEnd)
        {
            return false;
        }

        FoundRecord found;
        try
        {
            if (!scanner.TryFind(_buffer.AsSpan(_begin, _end - _begin), _isAtEnd, out found))
            {
                return false;
            }
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"The bulk file cannot be read: record {(_records + 1).ToString("N0", CultureInfo.InvariantCulture)} {e.Message}.", e);
        }

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
        while (isFirst && !_isAtEnd && _end < Utf8Mark.Length);

        if (isFirst)
        {
            SkipMark();
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

        if (_end > longest)
        {
            throw new ArgumentException(
                $"The bulk file cannot be read: record {(_records + 1).ToString("N0", CultureInfo.InvariantCulture)} alone has more than {longest.ToString("N0", CultureInfo.InvariantCulture)} bytes.");
        }

        Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, longest + FirstBuffer));
    }

    private void SkipMark()
    {
        var first = _buffer.AsSpan(0, _end);
        if (first.StartsWith(Utf8Mark))
        {
            _begin = Utf8Mark.Length;
        }
        else if (first.Length > 1 && (first[0], first[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
        {
            throw new ArgumentException("The bulk file is UTF-16: save it as UTF-8.");
        }
    }
}
