using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Sixtyfour.Emulator.Server;

/// <summary>Reads request bodies, and never more of them than allowed.</summary>
internal static class RequestBody
{
    public const int MostJsonBytes = 10 * 1024 * 1024;

    /// <summary>Reads so many bytes, or all there are.</summary>
    public static async Task SkipAsync(HttpRequest request, long bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (bytes > 0 && await request.Body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(bytes, buffer.Length)), cancellationToken)
            .ConfigureAwait(false) is > 0 and var read)
        {
            bytes -= read;
        }
    }

    /// <summary>The whole body; null when it is longer than <paramref name="most"/> bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 0) + 1024);
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(1024), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > most)
            {
                return null;
            }
        }
    }
}
