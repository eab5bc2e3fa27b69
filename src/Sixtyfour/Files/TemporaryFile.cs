using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>
/// A file that only this user can read. It is deleted with its last reader, or with the process.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly FileStream _file = OwnerOnlyFile.Create();
    private readonly SemaphoreSlim _gate = new(1);
    private int _users = 1;

    /// <summary>For writing, before the first reader.</summary>
    public Stream Content => _file;

    public long Length => _file.Length;

    /// <summary>A reader with its own position.</summary>
    public Stream OpenRead()
    {
        Interlocked.Increment(ref _users);
        return new TemporaryFileReader(this);
    }

    public int Read(long position, byte[] buffer, int offset, int count)
    {
        _gate.Wait();
        try
        {
            _file.Position = position;
            return _file.Read(buffer, offset, count);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<int> ReadAsync(long position, byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _file.Position = position;
            return await _file.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Releases one use; the last one deletes the file.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) is 0)
        {
            _file.Dispose();
            _gate.Dispose();
        }
    }
}

/// <summary>Reads a temporary file at its own position.</summary>
[SuppressMessage("Performance", "CA1844", Justification = "One override for every target; memory over an array, which all readers here use, ends in it.")]
internal sealed class TemporaryFileReader(TemporaryFile file) : Stream
{
    private readonly long _length = file.Length;
    private long _position;
    private int _isDisposed;

    public override bool CanRead => _isDisposed is 0;

    public override bool CanSeek => _isDisposed is 0;

    public override bool CanWrite => false;

    public override long Length => Open(_length);

    public override long Position
    {
        get => Open(_position);
        set => _position = value >= 0 ? Open(value) : throw new ArgumentOutOfRangeException(nameof(value), value, "A position in a file is 0 or more.");
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = Open(file).Read(_position, buffer, offset, count);
        _position += read;
        return read;
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await Open(file).ReadAsync(_position, buffer, offset, count, cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => _length + offset,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A result is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A result is read only.");

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) is 0)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private T Open<T>(T value) => _isDisposed is 0 ? value : throw new ObjectDisposedException(nameof(Stream));
}

/// <summary>A temporary copy of an input that can be read only once, so that every attempt sends the same bytes. It is hashed while it is written.</summary>
internal sealed class SpoolFile : IDisposable
{
    private const int FlushSize = 64 * 1024;

    private readonly TemporaryFile _file = new();
    private readonly IncrementalHash _hash = Sha256.Begin();
    private readonly ByteBuffer _unwritten = new(2 * FlushSize);

    public long Length { get; private set; }

    /// <summary>Appends through a buffer of a fixed size, however long the piece is.</summary>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Length += bytes.Length;
        if (bytes.Length > FlushSize)
        {
            return WriteLargeAsync(bytes, cancellationToken);
        }

        _unwritten.Append(bytes.Span);
        return _unwritten.Length < FlushSize ? default : WriteAsync(cancellationToken);
    }

    /// <summary>Ends the writing.</summary>
    /// <returns>The SHA-256 of everything written.</returns>
    public async ValueTask<string> FinishAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken).ConfigureAwait(false);
        await _file.Content.FlushAsync(cancellationToken).ConfigureAwait(false);
        return Sha256.Text(_hash);
    }

    public ByteReader OpenRead() => ByteReader.Of(_file.OpenRead(), isOwned: true);

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }

    private async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        _hash.AppendData(_unwritten.Array, 0, _unwritten.Length);
        await _file.Content.WriteAsync(_unwritten.Written, cancellationToken).ConfigureAwait(false);
        _unwritten.Clear();
    }

    private async ValueTask WriteLargeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken).ConfigureAwait(false);
        for (var left = bytes; left.Length > 0; left = left.Slice(Math.Min(FlushSize, left.Length)))
        {
            _unwritten.Append(left.Span.Slice(0, Math.Min(FlushSize, left.Length)));
            await WriteAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
