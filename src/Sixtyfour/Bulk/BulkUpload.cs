using System.Text;
using Sixtyfour.Files;
using Sixtyfour.Http;

namespace Sixtyfour.Bulk;

/// <summary>
/// The two parts of a submission, <c>config</c> and <c>file</c>, streamed. The file is hashed on its way: if it differs from what was counted, the end of
/// the body is never sent, and without it the service cannot accept the file.
/// </summary>
internal sealed class BulkUpload : RequestBody
{
    // Small, so that a slow connection shows progress: an upload that moves this much within the idle limit continues.
    private const int PieceSize = 16 * 1024;
    private const int BlockSize = 8 * PieceSize;

    private readonly string _boundary;
    private readonly PreparedFile _file;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    /// <param name="boundary">Must not occur in the parts; the same for every attempt.</param>
    /// <param name="config">The JSON of the configuration.</param>
    /// <param name="file">What to send.</param>
    public BulkUpload(string boundary, ReadOnlyMemory<byte> config, PreparedFile file)
    {
        _boundary = boundary;
        _file = file;
        _head =
        [
            .. Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"config\"\r\n\r\n"),
            .. config.Span,
            .. Encoding.UTF8.GetBytes(
                $"\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{Quoted(file.FileName)}\"\r\n"
                + $"Content-Type: {file.ContentType}\r\n\r\n"),
        ];
        _tail = Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n");
    }

    public override string ContentType => $"multipart/form-data; boundary={_boundary}";

    public override long? Length => _head.Length + _file.Length + _tail.Length;

    public override bool HoldsBackItsEnd => true;

    public override async Task WriteAsync(Stream stream, ISendProgress progress, CancellationToken cancellationToken)
    {
        await WriteAsync(stream, _head, progress, cancellationToken).ConfigureAwait(false);
        await WriteFileAsync(stream, progress, cancellationToken).ConfigureAwait(false);
        progress.BeforeLastBytes();
        await WriteAsync(stream, _tail, progress, cancellationToken).ConfigureAwait(false);
        progress.Sent();
    }

    private async Task WriteFileAsync(Stream stream, ISendProgress progress, CancellationToken cancellationToken)
    {
        using var file = Open(progress);
        using var hash = Sha256.Begin();
        var block = new byte[BlockSize];
        for (var left = _file.Length; left > 0;)
        {
            var read = await ReadAsync(file, block.AsMemory(0, (int)Math.Min(left, BlockSize)), progress, cancellationToken).ConfigureAwait(false);
            if (read is 0)
            {
                throw Changed(progress);
            }

            hash.AppendData(block, 0, read);
            for (var begin = 0; begin < read; begin += PieceSize)
            {
                await WriteAsync(stream, block.AsMemory(begin, Math.Min(PieceSize, read - begin)), progress, cancellationToken).ConfigureAwait(false);
            }

            left -= read;
        }

        if (Sha256.Text(hash) != _file.Sha256)
        {
            throw Changed(progress);
        }
    }

    private ByteReader Open(ISendProgress progress)
    {
        try
        {
            return _file.OpenRead();
        }
        catch (Exception e)
        {
            progress.SourceFailed(e);
            throw;
        }
    }

    private static async ValueTask<int> ReadAsync(ByteReader file, Memory<byte> block, ISendProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return await file.ReadAsync(block, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            progress.SourceFailed(e);
            throw;
        }
    }

    private static async ValueTask WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, ISendProgress progress, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        progress.Moved();
    }

    private BulkInputChangedException Changed(ISendProgress progress)
    {
        var changed = new BulkInputChangedException(
            $"The bulk file '{_file.FileName}' changed after it was counted. The upload was not completed, so this attempt cannot have been accepted.");
        progress.SourceFailed(changed);
        return changed;
    }

    // As browsers encode it.
    private static string Quoted(string fileName) => fileName.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");
}
