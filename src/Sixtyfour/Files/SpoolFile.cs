using System.Security.Cryptography;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>A temporary file for what can be read only once, so that every attempt sends the same bytes. It is hashed while it is written.</summary>
internal sealed class SpoolFile : IDisposable
{
    private const int Enough = 64 * 1024;

    private readonly TemporaryFile _file = new();
    private readonly IncrementalHash _hash = Sha256.Begin();
    private readonly ByteBuffer _unwritten = new(2 * Enough);

    public long Length { get; private set; }

    /// <summary>Appends through a buffer of a fixed size, however long the piece is.</summary>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Length += bytes.Length;
        if (bytes.Length > Enough)
        {
            return WriteLargeAsync(bytes, cancellationToken);
        }

        _unwritten.Append(bytes.Span);
        return _unwritten.Length < Enough ? default : WriteAsync(cancellationToken);
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
        for (var left = bytes; left.Length > 0; left = left.Slice(Math.Min(Enough, left.Length)))
        {
            _unwritten.Append(left.Span.Slice(0, Math.Min(Enough, left.Length)));
            await WriteAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
