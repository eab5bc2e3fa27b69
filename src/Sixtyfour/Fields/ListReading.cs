using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>A list, also from a text: in JSON, in Python's notation, in brackets, or with separators where a list was asked for.</summary>
internal static class ListReading
{
    public static bool TryRead(JsonElement raw, bool splits, out JsonElement list) => TryRead(raw, splits, out list, out _);

    /// <param name="raw">What came.</param>
    /// <param name="splits">Whether a text without brackets may be a list.</param>
    /// <param name="list">An array.</param>
    /// <param name="wasSplit">The text was split at separators, and so is a list only if every item fits.</param>
    public static bool TryRead(JsonElement raw, bool splits, out JsonElement list, out bool wasSplit)
    {
        list = raw;
        wasSplit = false;
        return raw.ValueKind is JsonValueKind.Array || (raw.TryGetText(out var text) && TryReadText(text.Trim(), splits, out list, out wasSplit));
    }

    private static bool TryReadText(string text, bool splits, out JsonElement list, out bool wasSplit)
    {
        wasSplit = false;
        if (Notation.TryParse(text, out list))
        {
            return list.ValueKind is JsonValueKind.Array;
        }

        var isInBrackets = text.Length >= 2 && text[0] == '[' && text[text.Length - 1] == ']';
        var items = isInBrackets ? ListText.Split(text.Substring(1, text.Length - 2)) : splits ? ListText.Split(text) : null;
        wasSplit = items is not null;
        list = items is null ? default : JsonText.OfTexts(items);
        return wasSplit;
    }
}

/// <summary>An object, also from a text: the service sends a <c>dict</c> as JSON inside a text.</summary>
internal static class DictReading
{
    public static bool TryRead(JsonElement raw, out JsonElement dict)
    {
        dict = raw;
        return raw.ValueKind is JsonValueKind.Object
            || (raw.TryGetText(out var text) && Notation.TryParse(text.Trim(), out dict) && dict.ValueKind is JsonValueKind.Object);
    }
}

/// <summary>
/// A list written as in a sentence. It is split only where every separator certainly is one: a comma may also belong to a number, a company name, a date or an
/// address.
/// </summary>
internal static class ListText
{
    private const int ShortestName = 4;

    // "Acme, Inc." and "Nadia Okafor, PhD" are one name each.
    private static readonly HashSet<string> s_nameEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "inc", "incorporated", "llc", "ltd", "limited", "corp", "co", "lp", "llp", "plc", "gmbh", "kg", "ag", "sa", "sas", "srl", "spa", "bv", "nv", "ab", "oy",
        "as", "aps", "pte", "pty", "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "esq", "cpa", "cfa", "pe", "dds", "rn",
    };

    /// <summary>The items; null where the text could be split in more than one way. A text without a separator is a list of one.</summary>
    public static List<string>? Split(string text)
    {
        var (hasCommas, hasSemicolons) = (text.Contains(','), text.Contains(';'));
        if (text.Any(IsUnclear) || (hasCommas && (hasSemicolons || !CommasSeparate(text))))
        {
            return null;
        }

        List<string> items = [.. text.Split(hasSemicolons ? ';' : ',').Select(item => item.Trim()).Where(item => item.Length > 0)];
        return items.Count < 2 || AreWhole(items) ? items : null;
    }

    // Quotes and brackets belong to a notation that was not understood; the other characters may be separators themselves.
    private static bool IsUnclear(char c) => c is '[' or ']' or '{' or '}' or '"' or '|' or '\n' or '\r' or '\t' or '•';

    // All followed by a space or none; between two digits a comma may be part of a number.
    private static bool CommasSeparate(string text)
    {
        var (spaced, tight) = (false, false);
        for (var at = text.IndexOf(','); at >= 0; at = text.IndexOf(',', at + 1))
        {
            var (before, after) = (at == 0 ? ' ' : text[at - 1], at == text.Length - 1 ? ' ' : text[at + 1]);
            spaced |= after is ' ';
            tight |= after is not (' ' or ',');
            if (IsDigit(before) && after is not ' ')
            {
                return false;
            }
        }

        return !spaced || !tight;
    }

    private static bool AreWhole(List<string> items)
    {
        var numbers = items.Count(IsAllDigits);
        return (numbers is 0 || numbers == items.Count)
            && !items.Exists(item => item[0] is '\'' || HasLeadingZero(item) || !AreParenthesesClosed(item) || StartsWithConjunction(item))
            && !Enumerable.Range(1, items.Count - 1).Any(i => items[i - 1].Length >= ShortestName && IsNameEnding(items[i]))
            && !ContainsConjunction(items[items.Count - 1]);
    }

    private static bool IsNameEnding(string item) => s_nameEndings.Contains(item.Replace(".", ""));

    private static bool StartsWithConjunction(string item) =>
        item.StartsWith("and ", StringComparison.OrdinalIgnoreCase)
        || item.StartsWith("or ", StringComparison.OrdinalIgnoreCase)
        || item.StartsWith("& ", StringComparison.Ordinal)
        || item.StartsWith("etc", StringComparison.OrdinalIgnoreCase);

    // "Python, Go and Rust" has three items, "Sales, Research and Development" two.
    private static bool ContainsConjunction(string item) =>
        item.Contains(" and ", StringComparison.OrdinalIgnoreCase) || item.Contains(" or ", StringComparison.OrdinalIgnoreCase);

    private static bool AreParenthesesClosed(string item)
    {
        var open = 0;
        foreach (var c in item)
        {
            open += c is '(' ? 1 : c is ')' ? -1 : 0;
            if (open < 0)
            {
                return false;
            }
        }

        return open is 0;
    }

    // Part of a date or a code rather than a number.
    private static bool HasLeadingZero(string item) => item.Length > 1 && item[0] is '0' && IsDigit(item[1]);

    private static bool IsAllDigits(string item) => item.All(IsDigit);

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
