using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Files;

/// <summary>Bytes to read once, from the first to the last.</summary>
internal abstract class ByteReader : IDisposable
{
    /// <returns>How many bytes were read; 0 at the end.</returns>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    public abstract void Dispose();

    /// <param name="stream">Read from its position.</param>
    /// <param name="isOwned">Whether the reader disposes the stream.</param>
    public static ByteReader Of(Stream stream, bool isOwned) => new StreamBytes(stream, isOwned);

    private sealed class StreamBytes(Stream stream, bool isOwned) : ByteReader
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => stream.ReadAsync(buffer, cancellationToken);

        public override void Dispose()
        {
            if (isOwned)
            {
                stream.Dispose();
            }
        }
    }
}

/// <summary>A seekable stream with many readers, each at its own position.</summary>
/// <param name="stream">Not disposed here.</param>
/// <param name="begin">Where its content begins.</param>
[SuppressMessage("Design", "CA1001", Justification = "The gate holds nothing but memory.")]
internal sealed class SharedStream(Stream stream, long begin)
{
    private readonly SemaphoreSlim _gate = new(1);

    public ByteReader OpenRead() => new Reader(this);

    private async ValueTask<int> ReadAsync(long position, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            stream.Position = begin + position;
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed class Reader(SharedStream shared) : ByteReader
    {
        private long _position;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            var read = await shared.ReadAsync(_position, buffer, cancellationToken).ConfigureAwait(false);
            _position += read;
            return read;
        }

        public override void Dispose()
        {
        }
    }
}
