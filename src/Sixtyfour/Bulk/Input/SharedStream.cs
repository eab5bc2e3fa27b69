using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Bulk;

/// <summary>A stream that can be sought in, read by many: each reader has a place of its own.</summary>
/// <param name="stream">It stays its maker's.</param>
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
