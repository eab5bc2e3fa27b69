using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Bulk;

/// <summary>Reads a temporary file from a place of its own.</summary>
[SuppressMessage("Performance", "CA1844", Justification = "One override for every target; the memory over an array, which all readers here use, ends in it.")]
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
        set => _position = value >= 0 ? Open(value) : throw new ArgumentOutOfRangeException(nameof(value), value, "A place in a file is 0 or more.");
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
