namespace Sixtyfour.Fields.Reading;

/// <summary>One absolute address. A sentence around it, or a second one beside it, makes it unreadable.</summary>
internal static class AddressText
{
    // What a domain may end in where no scheme says that it is one, beside the two letters of a country.
    private static readonly HashSet<string> s_domains = new(StringComparer.Ordinal)
    {
        "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "app", "dev", "tech", "online", "site", "xyz", "blog", "cloud", "agency",
        "digital", "global", "group", "health", "law", "llc", "ltd", "media", "network", "news", "partners", "shop", "solutions", "store", "studio", "systems",
        "team", "technology", "ventures", "works", "world", "company", "consulting", "capital", "finance", "fund", "energy", "bio", "life", "careers", "jobs",
        "academy", "school", "university", "foundation", "travel", "aero", "coop", "asia", "software", "services", "support", "engineering", "education",
    };

    // Two letters that end the name of a file and not that of a country.
    private static readonly HashSet<string> s_fileEndings = new(StringComparer.Ordinal) { "js", "ts", "cs", "rb", "kt", "vb", "go", "db", "hs" };

    public static string? Read(string text)
    {
        if (text.Any(char.IsWhiteSpace) || HoldsTwo(text) || ListsTwo(text))
        {
            return null;
        }

        return text.IndexOf("://", StringComparison.Ordinal) > 0 || text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            ? IsAddress(text) ? text : null
            : IsBareAddress(text) && IsAddress("https://" + text) ? "https://" + text : null;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.HostNameType switch
    {
        UriHostNameType.Dns => uri.IsLoopback || IsPublicName(uri.Host.TrimEnd('.')),
        UriHostNameType.IPv4 => text.Contains(uri.Host),
        UriHostNameType.IPv6 => true,
        _ => false,
    };

    // "https://N/A" and "https://unknown" have a host, but nothing is found there; "https://1.5" would be that of 1.0.0.5.
    private static bool IsPublicName(string host) => host.LastIndexOf('.') is > 0 and var dot && host.Length - dot > 2 && !IsDigit(host[dot + 1]);

    // "Node.js" and "Booking.com" are names; without a scheme only what is written like an address counts as one.
    private static bool IsBareAddress(string text)
    {
        var host = Host(text);
        return IsHost(host)
            && !host.Any(c => c is >= 'A' and <= 'Z')
            && (host.StartsWith("www.", StringComparison.Ordinal) || IsKnownEnding(host.Substring(host.LastIndexOf('.') + 1)));
    }

    private static bool IsKnownEnding(string ending) => ending.Length == 2 ? !s_fileEndings.Contains(ending) : s_domains.Contains(ending);

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
    private static bool ListsTwo(string text) => text.Split(',', ';', '|').Skip(1).Any(part => IsHost(Host(part)));

    private static bool IsWebScheme(string word) =>
        string.Equals(word, "http", StringComparison.OrdinalIgnoreCase) || string.Equals(word, "https", StringComparison.OrdinalIgnoreCase);

    private static string Host(string text) => text.IndexOfAny(['/', '?', '#', ':']) is >= 0 and var end ? text.Substring(0, end) : text;

    // "example.com", but neither "N" nor "nadia@example.com" nor "3.5".
    private static bool IsHost(string host)
    {
        var labels = host.Split('.');
        return labels.Length >= 2
            && labels.All(label => label.Length > 0 && label.All(IsHostCharacter))
            && labels[labels.Length - 1] is { Length: >= 2 } last && last.All(IsLetter);
    }

    private static bool IsHostCharacter(char c) => IsLetter(c) || IsDigit(c) || c is '-';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

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
