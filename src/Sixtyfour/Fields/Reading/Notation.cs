using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields.Reading;

/// <summary>Lists and objects written out in a text: as JSON, or as Python prints them, which is what the service's casting leaves behind.</summary>
internal static class Notation
{
    public static bool TryParse(string text, out JsonElement value)
    {
        value = default;
        return text.Length > 1
            && text[0] is '[' or '{' or '('
            && (JsonText.TryParse(text, out value) || (PythonNotation.TryToJson(text, out var json) && JsonText.TryParse(json, out value)));
    }
}

/// <summary>A list, also out of a text: in JSON, in Python's notation, in brackets, or with commas where a list was asked for.</summary>
internal static class ListReading
{
    public static bool TryRead(JsonElement raw, bool splitsCommas, out JsonElement list, bool itemsAreNumbers = false)
    {
        list = raw;
        return raw.ValueKind is JsonValueKind.Array
            || (raw.TryGetText(out var text) && TryReadText(text.Trim(), splitsCommas, itemsAreNumbers, out list));
    }

    private static bool TryReadText(string text, bool splitsCommas, bool itemsAreNumbers, out JsonElement list)
    {
        if (Notation.TryParse(text, out list))
        {
            return list.ValueKind is JsonValueKind.Array;
        }

        if (IsInBrackets(text))
        {
            return TrySplit(text.Substring(1, text.Length - 2), itemsAreNumbers, out list);
        }

        return splitsCommas && TrySplit(text, itemsAreNumbers, out list);
    }

    // Quotes and brackets inside mean a notation that was not understood: commas in it may belong to an item.
    private static bool TrySplit(string text, bool itemsAreNumbers, out JsonElement list)
    {
        list = default;
        if (text.IndexOfAny(['[', ']', '{', '}', '"']) >= 0 || (itemsAreNumbers && MayBeGrouped(text)))
        {
            return false;
        }

        var items = text.Split(',').Select(item => item.Trim()).Where(item => item.Length > 0).ToList();
        list = JsonText.OfTexts(items);
        return items.TrueForAll(item => item[0] != '\'');
    }

    private static bool IsInBrackets(string text) => text.Length >= 2 && text[0] == '[' && text[text.Length - 1] == ']';

    // "1,234" is one number or two.
    private static bool MayBeGrouped(string text)
    {
        for (var at = text.IndexOf(','); at >= 0; at = text.IndexOf(',', at + 1))
        {
            if (at > 0 && IsDigit(text, at - 1) && IsDigit(text, at + 1) && IsDigit(text, at + 2) && IsDigit(text, at + 3) && !IsDigit(text, at + 4))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDigit(string text, int at) => at < text.Length && text[at] is >= '0' and <= '9';
}

/// <summary>An object, also out of a text that holds one: that is how the service sends what was asked for as <c>dict</c>.</summary>
internal static class DictReading
{
    public static bool TryRead(JsonElement raw, out JsonElement dict)
    {
        dict = raw;
        return raw.ValueKind is JsonValueKind.Object
            || (raw.TryGetText(out var text) && Notation.TryParse(text.Trim(), out dict) && dict.ValueKind is JsonValueKind.Object);
    }
}
