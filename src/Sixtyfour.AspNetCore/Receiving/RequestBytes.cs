using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>The raw bytes of a request. The buffer grows with what arrives: a declared length alone allocates nothing.</summary>
internal sealed class RequestBytes : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _length;

    private RequestBytes()
    {
    }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end; null when there is more than <paramref name="most"/> bytes.</summary>
    public static async Task<RequestBytes?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        // The server has its own limit, 30 MB unless configured, that may be below this one. It also counts the framing of chunks, which for chunks of one byte
        // is six times the content.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = (8L * most) + FirstBuffer;
        }

        if (request.Body is { CanSeek: true, Position: > 0 } buffered)
        {
            // Middleware has read it, and buffered it so that others can read it again.
            buffered.Position = 0;
        }

        var bytes = new RequestBytes();
        try
        {
            return await bytes.FillAsync(request.Body, most, cancellationToken).ConfigureAwait(false) ? bytes : Drop(bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    // Cleared, because the next user of the buffer must not find personal data.
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        (_buffer, _length) = ([], 0);
    }

    private static RequestBytes? Drop(RequestBytes bytes)
    {
        bytes.Dispose();
        return null;
    }

    private async Task<bool> FillAsync(Stream body, int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            var read = await body.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false);
            if (read is 0)
            {
                return true;
            }

            _length += read;
            if (_length > most)
            {
                return false;
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }
}
