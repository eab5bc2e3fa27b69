// What newer targets bring along, under the framework's own names.
#pragma warning disable IDE0130

using System.Buffers;
using System.Runtime.CompilerServices;

namespace System.Security.Cryptography;

internal static class CryptographicOperations
{
    // Neither inlined nor optimized, so that no compiler makes it stop at the first difference.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        var difference = 0;
        for (var i = 0; i < left.Length; i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference is 0;
    }
}

internal static class IncrementalHashExtensions
{
    private const int Piece = 4_096;

    /// <summary>Piece by piece through one small array, because this target takes arrays only.</summary>
    public static void AppendData(this IncrementalHash hash, ReadOnlySpan<byte> data)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (!data.IsEmpty)
            {
                var length = Math.Min(data.Length, Piece);
                data.Slice(0, length).CopyTo(buffer);
                hash.AppendData(buffer, 0, length);
                data = data.Slice(length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
