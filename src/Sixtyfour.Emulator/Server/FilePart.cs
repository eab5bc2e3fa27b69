using Sixtyfour.Emulator.Bulk;

namespace Sixtyfour.Emulator.Server;

/// <summary>A part of a file, or all of it.</summary>
internal sealed record FilePart(SpooledFile File, long Offset, long Length)
{
    private const int PieceSize = 64 * 1024;

    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceSize];
        for (long sent = 0; sent < Length;)
        {
            var read = await File.ReadAsync(piece.AsMemory(0, (int)Math.Min(PieceSize, Length - sent)), Offset + sent, cancellationToken).ConfigureAwait(false);
            await target.WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            sent += read;
        }
    }

    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream((int)Length);
        await CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return copy.GetBuffer();
    }
}
