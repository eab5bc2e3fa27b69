namespace Sixtyfour.Bulk;

/// <summary>Bytes to read once, from first to last.</summary>
internal abstract class ByteReader : IDisposable
{
    /// <returns>How many bytes came; 0 at the end.</returns>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    public abstract void Dispose();

    /// <param name="stream">Read from where it stands.</param>
    /// <param name="isOwned">Disposed with the reader; otherwise it stays its maker's.</param>
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
