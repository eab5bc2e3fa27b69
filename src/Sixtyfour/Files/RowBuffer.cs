using System.Buffers;

namespace Sixtyfour.Files;

/// <summary>A window of rented bytes that moves over a file and holds at least the current row.</summary>
/// <param name="stream">The file; it is read from its beginning, and disposed.</param>
/// <param name="file">For errors.</param>
/// <param name="maxRowBytes">The longest row.</param>
internal sealed class RowBuffer(Stream stream, FileLabel file, int maxRowBytes = RowBuffer.MaxRowBytes) : IDisposable
{
    /// <summary>A cell of a megabyte is not unusual; a row of this size means a file without line ends.</summary>
    public const int MaxRowBytes = 64 * 1024 * 1024;

    private const int FirstSize = 64 * 1024;
    private const int SmallestRead = 4 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _start;
    private int _end;
    private long _fileOffset;
    private int _nextRead = FirstSize;
    private bool _isBroken;

    public FileLabel File { get; } = file;

    /// <summary>The bytes from the current position, as far as they have been read.</summary>
    public ReadOnlySpan<byte> Rest => _bytes.AsSpan(_start, _end - _start);

    /// <summary>The file ends with what <see cref="Rest"/> holds.</summary>
    public bool IsLast { get; private set; }

    /// <summary>The current position in the file.</summary>
    public long Offset => _fileOffset + _start;

    public void Skip(int count) => _start += count;

    /// <summary>Reads more bytes after <see cref="Rest"/>, or finds the end of the file.</summary>
    public async ValueTask MoreAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        // Twice as much each time: a JSON row is parsed from its beginning with each piece.
        var count = Math.Min(_bytes.Length - _end, Math.Max(_nextRead, _end - _start));
        try
        {
            _isBroken = true;
            var read = await stream.ReadAsync(_bytes.AsMemory(_end, count), cancellationToken).ConfigureAwait(false);
            _isBroken = false;
            _end += read;
            _nextRead = Math.Min(_nextRead * 4, FirstSize);
            IsLast = read is 0;
        }
        catch (ObjectDisposedException e)
        {
            throw new ObjectDisposedException(nameof(ResultFile), e);
        }
    }

    /// <summary>Moves to another position in the file; the next row is read from there.</summary>
    public void MoveTo(long offset)
    {
        if (offset >= _fileOffset && offset <= _fileOffset + _end)
        {
            _start = (int)(offset - _fileOffset);
            return;
        }

        stream.Position = offset;
        _fileOffset = offset;
        _start = 0;
        _end = 0;
        // Rows in another order are read one by one, so little around each is needed.
        _nextRead = SmallestRead;
        IsLast = false;
    }

    // A failed read may still write, so its buffer does not go back to the pool.
    public void Dispose()
    {
        stream.Dispose();
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0 && !_isBroken)
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private void MakeRoom()
    {
        if (_start is 0 && _end < _bytes.Length)
        {
            return;
        }

        var length = _end - _start;
        if (length >= maxRowBytes)
        {
            throw File.Invalid($"a row is larger than {maxRowBytes / 1024} KiB, from byte {Offset} on: is it a file of rows?");
        }

        var target = length > _bytes.Length / 2 ? ArrayPool<byte>.Shared.Rent((int)Math.Min(_bytes.Length * 2L, MaxRowBytes)) : _bytes;
        Buffer.BlockCopy(_bytes, _start, target, 0, length);
        if (!ReferenceEquals(target, _bytes))
        {
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = target;
        }

        _fileOffset += _start;
        _start = 0;
        _end = length;
    }
}

/// <summary>Names a file in errors.</summary>
internal sealed record FileLabel(string Name, string? JobId)
{
    public InvalidResponseException Invalid(string problem, Exception? inner = null) => new($"{Name}: {problem}", inner) { JobId = JobId };
}
