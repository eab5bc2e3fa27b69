using System.Buffers;
using System.Text;

namespace Sixtyfour;

/// <summary>Decodes spans; the target that has no such overload copies them first.</summary>
internal static class Utf8Text
{
    // Most texts are plain ASCII, which needs no counting before the string is made.
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > 64)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> characters = stackalloc char[64];
        return Ascii.ToUtf16(utf8, characters, out var written) is OperationStatus.Done ? new string(characters.Slice(0, written)) : Encoding.UTF8.GetString(utf8);
    }
}
