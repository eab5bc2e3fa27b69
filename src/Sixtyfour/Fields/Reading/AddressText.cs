namespace Sixtyfour.Fields.Reading;

/// <summary>One absolute address. A sentence around it, or a second one beside it, makes it unreadable.</summary>
internal static class AddressText
{
    public static string? Read(string text)
    {
        if (text.Any(char.IsWhiteSpace) || HoldsTwo(text) || ListsTwo(text))
        {
            return null;
        }

        return text.IndexOf("://", StringComparison.Ordinal) > 0 || text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            ? IsAddress(text) ? text : null
            : StartsWithHost(text) && IsAddress("https://" + text) ? "https://" + text : null;
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.HostNameType is not (UriHostNameType.Unknown or UriHostNameType.Basic);

    // An address may hold another one in its path or query, where '/', '=' and the like lead up to it.
    private static bool HoldsTwo(string text)
    {
        var second = text.LastIndexOf("://", StringComparison.Ordinal);
        if (second <= text.IndexOf("://", StringComparison.Ordinal))
        {
            return text.Contains(",www.", StringComparison.OrdinalIgnoreCase) || text.Contains(";www.", StringComparison.OrdinalIgnoreCase);
        }

        var start = second;
        while (start > 0 && IsLetter(text[start - 1]))
        {
            start--;
        }

        return !IsWebScheme(text.Substring(start, second - start)) || start == 0 || !"/=?#:@".Contains(text[start - 1]);
    }

    // "a.com/x,b.com/y" and the like; a comma inside a path is not followed by a host.
    private static bool ListsTwo(string text) => text.Split(',', ';', '|').Skip(1).Any(part => StartsWithHost(part) && part.IndexOf('.') > 0);

    private static bool IsWebScheme(string word) =>
        string.Equals(word, "http", StringComparison.OrdinalIgnoreCase) || string.Equals(word, "https", StringComparison.OrdinalIgnoreCase);

    // "example.com/team", but neither "N/A" nor "nadia@example.com" nor "3.5".
    private static bool StartsWithHost(string text)
    {
        var end = text.IndexOfAny(['/', '?', '#', ':']);
        var host = end < 0 ? text : text.Substring(0, end);
        var labels = host.Split('.');
        return labels.Length >= 2
            && labels.All(label => label.Length > 0 && label.All(IsHostCharacter))
            && labels[labels.Length - 1] is { Length: >= 2 } last && last.All(IsLetter);
    }

    private static bool IsHostCharacter(char c) => IsLetter(c) || c is (>= '0' and <= '9') or '-';

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}

/// <summary>A GUID with hyphens; without them, or in braces, it is the same GUID.</summary>
internal static class GuidText
{
    public static string? Read(string text) =>
        Guid.TryParseExact(text, "D", out _) ? text
        : Guid.TryParseExact(text, "N", out var guid) || Guid.TryParseExact(text, "B", out guid) ? guid.ToString("D")
        : null;
}
