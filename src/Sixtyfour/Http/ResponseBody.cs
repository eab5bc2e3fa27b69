using System.Buffers;

namespace Sixtyfour.Http;

/// <summary>A whole response body, read into a rented buffer and within a bound.</summary>
internal sealed class ResponseBody : IDisposable
{
    /// <summary>No answer of this API is larger.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private const int FirstBuffer = 8 * 1024;
    private readonly bool _isRented;
    private byte[]? _buffer;

    private ResponseBody(byte[] buffer, int length, bool isCut, Exception? failure = null)
    {
        _buffer = buffer;
        // A failed read may still write into the rented buffer, so that buffer is not returned and this is a copy.
        _isRented = failure is null;
        Failure = failure;
        Length = length;
        IsCut = isCut;
    }

    public int Length { get; }

    /// <summary>What ended the reading early; the bytes that came before are kept.</summary>
    public Exception? Failure { get; }

    /// <summary>There was more than the bound allows, or it broke off.</summary>
    public bool IsCut { get; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Reads to the end, to the bound, or until it breaks off; never throws.</summary>
    public static async Task<ResponseBody> ReadAsync(HttpContent? content, int bound, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstSize(content, bound));
        var length = 0;
        if (content is null)
        {
            return new(buffer, length, isCut: false);
        }

        try
        {
            using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, bound);
                }

                // One byte beyond the bound tells a body that fits from one that does not.
                var room = Math.Min(buffer.Length, bound + 1) - length;
                var read = room is 0 ? 0 : await stream.ReadAsync(buffer.AsMemory(length, room), cancellationToken).ConfigureAwait(false);
                if (read is 0)
                {
                    return new(buffer, Math.Min(length, bound), isCut: length > bound);
                }

                length += read;
            }
        }
        catch (Exception e)
        {
            return new(buffer.AsSpan(0, length).ToArray(), length, isCut: true, e);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer && _isRented)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static int FirstSize(HttpContent? content, int bound) =>
        content?.Headers.ContentLength is { } length and > 0 ? (int)Math.Min(Math.Min(length, bound) + 1, 1024 * 1024) : Math.Min(FirstBuffer, bound + 1);

    private static byte[] Grow(byte[] buffer, int bound)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, bound + 1L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }
}
