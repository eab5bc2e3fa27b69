using System.Buffers;
using System.Text;

namespace Sixtyfour;

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
