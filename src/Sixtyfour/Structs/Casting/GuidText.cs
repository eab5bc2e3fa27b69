namespace Sixtyfour;

/// <summary>A GUID with hyphens; without them, or in braces, it is the same GUID.</summary>
internal static class GuidText
{
    public static string? Read(string text) =>
        Guid.TryParseExact(text, "D", out _) ? text
        : Guid.TryParseExact(text, "N", out var guid) || Guid.TryParseExact(text, "B", out guid) ? guid.ToString("D")
        : null;
}
