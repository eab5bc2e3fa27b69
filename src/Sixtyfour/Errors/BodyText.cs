using System.Text;

namespace Sixtyfour.Errors;

/// <summary>A body as text for an exception: bounded, and never failing on bytes that are none.</summary>
internal static class BodyText
{
    public static string Decode(ReadOnlySpan<byte> body)
    {
        var kept = body.Length > Defaults.MaxErrorBytes ? body.Slice(0, Defaults.MaxErrorBytes) : body;
        return Encoding.UTF8.GetString(kept.ToArray());
    }

    public static string Cut(string text) => text.Length > Defaults.MaxErrorBytes ? text.Substring(0, Defaults.MaxErrorBytes) : text;
}
