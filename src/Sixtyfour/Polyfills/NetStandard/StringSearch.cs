namespace Sixtyfour;

/// <summary>The searches that string itself has on newer targets.</summary>
internal static class StringSearch
{
    public static bool Contains(this string text, char value) => text.IndexOf(value) >= 0;

    public static bool Contains(this string text, string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;
}
