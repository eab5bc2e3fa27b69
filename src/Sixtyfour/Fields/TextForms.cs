using System.Globalization;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>One absolute address. A sentence around it, or a second address, makes it unreadable.</summary>
internal static class AddressText
{
    // The endings that make a text without a scheme a domain, besides the two letters of a country.
    private static readonly HashSet<string> s_domains = new(StringComparer.Ordinal)
    {
        "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "app", "dev", "tech", "online", "site", "xyz", "blog", "cloud", "agency",
        "digital", "global", "group", "health", "law", "llc", "ltd", "media", "network", "news", "partners", "shop", "solutions", "store", "studio", "systems",
        "team", "technology", "ventures", "works", "world", "company", "consulting", "capital", "finance", "fund", "energy", "bio", "life", "careers", "jobs",
        "academy", "school", "university", "foundation", "travel", "aero", "coop", "asia", "software", "services", "support", "engineering", "education",
    };

    // Two letters that are a file extension and not a country.
    private static readonly HashSet<string> s_fileEndings = new(StringComparer.Ordinal) { "js", "ts", "cs", "rb", "kt", "vb", "go", "db", "hs" };

    public static string? Read(string text)
    {
        if (text.Any(char.IsWhiteSpace) || ContainsTwo(text) || ListsTwo(text))
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

    // "https://N/A" and "https://unknown" have a host that cannot exist; "https://1.5" would be 1.0.0.5.
    private static bool IsPublicName(string host) => host.LastIndexOf('.') is > 0 and var dot && host.Length - dot > 2 && !IsDigit(host[dot + 1]);

    // "Node.js" and "Booking.com" are names; without a scheme only a text that is written like an address counts as one.
    private static bool IsBareAddress(string text)
    {
        var host = Host(text);
        return IsHost(host)
            && !host.Any(c => c is >= 'A' and <= 'Z')
            && (host.StartsWith("www.", StringComparison.Ordinal) || IsKnownEnding(host.Substring(host.LastIndexOf('.') + 1)));
    }

    private static bool IsKnownEnding(string ending) => ending.Length == 2 ? !s_fileEndings.Contains(ending) : s_domains.Contains(ending);

    // An address may contain another one in its path or query, after '/', '=' and the like.
    private static bool ContainsTwo(string text)
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

/// <summary>A GUID with hyphens; also read without them, or in braces.</summary>
internal static class GuidText
{
    public static string? Read(string text) =>
        Guid.TryParseExact(text, "D", out _) ? text
        : Guid.TryParseExact(text, "N", out var guid) || Guid.TryParseExact(text, "B", out guid) ? guid.ToString("D")
        : null;
}

/// <summary>
/// Dates and times in ISO 8601, the only unambiguous form. Each method returns null for anything else: <c>2024-05</c> is not a day, and <c>05/06/2024</c> may
/// be two.
/// </summary>
internal static class DateText
{
    private const string Day = "yyyy-MM-dd";

    // With sixteen digits of a second, the maximum of the serializer, and an offset.
    private const int LongestMoment = 42;

    /// <summary>A day; of a moment the day in its own offset.</summary>
    public static string? ToDate(string text) =>
        IsDay(text) ? text
        : IsMoment(text) ? text.Substring(0, Day.Length)
        : null;

    /// <summary>A moment, in UTC where it has an offset: the serializer would convert it to the time zone of this machine.</summary>
    public static string? ToDateTime(string text) =>
        IsDay(text) ? text
        : ToMoment(text) is not { } moment ? null
        : HasOffset(moment) && moment[moment.Length - 1] != 'Z' ? ToUtc(moment)
        : moment;

    /// <summary>A moment. Without an offset it counts as UTC: the serializer would use the time zone of this machine.</summary>
    public static string? ToDateTimeOffset(string text) =>
        IsDay(text) ? text + "T00:00:00Z"
        : ToMoment(text) is not { } moment ? null
        : HasOffset(moment) ? moment
        : Moment(moment + "Z");

    public static string? ToTime(string text)
    {
        var complete = text.Length == "hh:mm".Length ? text + ":00" : text;
        return TimeSpan.TryParseExact(complete, "c", CultureInfo.InvariantCulture, out var time) && complete[0] != '-' && time < TimeSpan.FromDays(1)
            ? complete
            : null;
    }

    /// <summary>The same moment as a value.</summary>
    public static DateTimeOffset? Read(string text) => ToDateTimeOffset(text) is { } moment ? JsonText.OfText(moment).GetDateTimeOffset() : null;

    private static string ToUtc(string moment) => JsonText.OfText(moment).GetDateTimeOffset().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static bool IsDay(string text) => DateTime.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsMoment(string text) => ToMoment(text) is not null;

    // "2024-05-17 10:30:00" is the same moment as databases write it.
    private static string? ToMoment(string text) =>
        text.Length > Day.Length && text[Day.Length] == ' ' ? Moment(text.Remove(Day.Length, 1).Insert(Day.Length, "T")) : Moment(text);

    private static string? Moment(string text) => text.Length > Day.Length && text.Length <= LongestMoment && IsReadable(text) ? text : null;

    private static bool HasOffset(string moment) =>
        moment[moment.Length - 1] == 'Z' || moment.IndexOfAny(['+', '-'], Day.Length) >= 0;

    // The serializer's own parser decides, since it reads the text in the end. It converts a moment without an offset to the zone of this machine, where the
    // first and the last day may not exist.
    private static bool IsReadable(string text) =>
        HasOffset(text) ? JsonText.OfText(text).TryGetDateTimeOffset(out _)
        : JsonText.OfText(text).TryGetDateTime(out _) && JsonText.OfText(text + "Z").TryGetDateTimeOffset(out _);
}
