using System.Buffers;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Sixtyfour;

/// <summary>The memory-based overloads of newer streams.</summary>
internal static class StreamExtensions
{
    // The streams of .NET Framework ignore the token once a read has begun, so the wait observes it. The buffer then stays in use: never return it.
    public static ValueTask<int> ReadAsync(this Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var array = Array(buffer);
        return new ValueTask<int>(
            stream.ReadAsync(array.Array!, array.Offset, array.Count, cancellationToken)
                .WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
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

/// <summary>The searches that string itself has on newer targets.</summary>
internal static class StringSearch
{
    public static bool Contains(this string text, char value) => text.IndexOf(value) >= 0;

    public static bool Contains(this string text, string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;
}

/// <summary>The shared random generator of newer targets: one generator a thread.</summary>
internal static class RandomExtensions
{
    private static readonly ThreadLocal<Random> PerThread = new(() => new Random(Guid.NewGuid().GetHashCode()));

    extension(Random)
    {
        public static Random Shared => PerThread.Value!;
    }
}

/// <summary>Decodes spans; this target has no such overload, so they are copied first.</summary>
internal static class Utf8Text
{
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        var copy = ArrayPool<byte>.Shared.Rent(utf8.Length);
        utf8.CopyTo(copy);
        var text = Encoding.UTF8.GetString(copy, 0, utf8.Length);
        ArrayPool<byte>.Shared.Return(copy, clearArray: true);
        return text;
    }
}

/// <summary>Calls constructors and setters that are known at run time only.</summary>
internal static class ConstructorCalls
{
    public static Func<object?[], object> For(ConstructorInfo constructor) => constructor.Invoke;

    public static Action<object, object?> ForSetter(MethodInfo setter) => (target, value) => setter.Invoke(target, [value]);
}
