using System.Runtime.InteropServices;

namespace Sixtyfour.Files;

/// <summary>Finds bytes that are not UTF-8, the same on every target.</summary>
internal static class Utf8Check
{
    private const ulong NotAscii = 0x8080808080808080;

    /// <summary>The index of the first byte that does not begin a character; -1 when all bytes are UTF-8.</summary>
    public static int FindInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (true)
        {
            at += AsciiLength(text.Slice(at));
            if (at == text.Length)
            {
                return -1;
            }

            var length = CharacterLength(text.Slice(at));
            if (length is 0)
            {
                return at;
            }

            at += length;
        }
    }

    private static int AsciiLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (text.Length - at >= sizeof(ulong) && (MemoryMarshal.Read<ulong>(text.Slice(at)) & NotAscii) is 0)
        {
            at += sizeof(ulong);
        }

        while (at < text.Length && text[at] < 0x80)
        {
            at++;
        }

        return at;
    }

    // The table of well-formed sequences of the Unicode standard (3.9): no overlong forms, no surrogates, nothing beyond U+10FFFF.
    private static int CharacterLength(ReadOnlySpan<byte> text)
    {
        var length = text[0] switch
        {
            >= 0xC2 and <= 0xDF => 2,
            >= 0xE0 and <= 0xEF => 3,
            >= 0xF0 and <= 0xF4 => 4,
            _ => 0,
        };
        if (length is 0 || text.Length < length || !CanFollow(text[0], text[1]))
        {
            return 0;
        }

        for (var i = 2; i < length; i++)
        {
            if ((text[i] & 0xC0) is not 0x80)
            {
                return 0;
            }
        }

        return length;
    }

    private static bool CanFollow(byte first, byte second) => first switch
    {
        0xE0 => second is >= 0xA0 and <= 0xBF,
        0xED => second is >= 0x80 and <= 0x9F,
        0xF0 => second is >= 0x90 and <= 0xBF,
        0xF4 => second is >= 0x80 and <= 0x8F,
        _ => second is >= 0x80 and <= 0xBF,
    };
}
