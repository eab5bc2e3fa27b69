using System.Text;

namespace Sixtyfour;

/// <summary>Decodes spans; the target that has no such overload copies them first.</summary>
internal static class Utf8Text
{
    public static string Decode(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
