// What newer targets bring along, under the framework's own name.
#pragma warning disable IDE0130

using System.Buffers;

namespace System.Text.Unicode;

internal static class Utf8
{
    private const int Piece = 4_096;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        var decoder = s_strict.GetDecoder();
        var bytes = ArrayPool<byte>.Shared.Rent(Piece);
        var chars = ArrayPool<char>.Shared.Rent(Piece + 2);
        try
        {
            while (!value.IsEmpty)
            {
                var length = Math.Min(value.Length, Piece);
                value.Slice(0, length).CopyTo(bytes);
                value = value.Slice(length);
                decoder.GetChars(bytes, 0, length, chars, 0, flush: value.IsEmpty);
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }
}
