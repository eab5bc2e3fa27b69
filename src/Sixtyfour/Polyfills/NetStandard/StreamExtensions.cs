using System.Runtime.InteropServices;

namespace Sixtyfour;

/// <summary>The memory-based overloads of newer streams.</summary>
internal static class StreamExtensions
{
    // The streams of .NET Framework do not heed the token once a read has begun, so the wait does. The buffer then stays in use: never give it back.
    public static ValueTask<int> ReadAsync(this Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var array = Array(buffer);
        return new ValueTask<int>(
            stream.ReadAsync(array.Array!, array.Offset, array.Count, cancellationToken).WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
    }

    public static ValueTask WriteAsync(this Stream stream, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        var array = Array(buffer);
        return new ValueTask(stream.WriteAsync(array.Array!, array.Offset, array.Count, cancellationToken));
    }

    public static Task<Stream> ReadAsStreamAsync(this HttpContent content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
    }

    private static ArraySegment<byte> Array(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var array) ? array : throw new NotSupportedException("Only memory over an array can be read and written here.");
}
