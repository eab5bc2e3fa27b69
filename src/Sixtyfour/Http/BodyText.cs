using System.Text;

namespace Sixtyfour.Http;

/// <summary>A body as text for an exception: bounded, without the key, and never failing on bytes that are not text.</summary>
internal static class BodyText
{
    public const int MostBytes = 64 * 1024;

    /// <summary>Null for an empty body. A service that repeats the key in its complaint must not bring it into a log.</summary>
    public static string? Read(ReadOnlySpan<byte> body, string key) => body.IsEmpty ? null : MaskKey(Decode(body), key);

    public static string Decode(ReadOnlySpan<byte> body)
    {
        var kept = body.Length > MostBytes ? body.Slice(0, MostBytes) : body;
        return Encoding.UTF8.GetString(kept.ToArray());
    }

    public static string Cut(string text) => text.Length > MostBytes ? text.Substring(0, MostBytes) : text;

    public static string MaskKey(string text, string key) => key.Length is 0 ? text : text.Replace(key, "[key]");
}
