using System.Buffers;

namespace Sixtyfour.Files;

/// <summary>Gathers small pieces, so that a file is written in large ones.</summary>
internal sealed class GatheredWrites(Stream target) : IDisposable
{
    private const int Enough = 128 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(2 * Enough);
    private int _length;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _length < bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + bytes.Length));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = larger;
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => _length < Enough ? default : FlushAsync(cancellationToken);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(_bytes.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
        _length = 0;
    }

    // The bytes are the caller's data, and a write that was cancelled may still read them: they are not shared on.
    public void Dispose() => _bytes = [];
}
