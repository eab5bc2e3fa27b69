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

/// <summary>A list, also out of a text: in JSON, in Python's notation, in brackets, or with separators where a list was asked for.</summary>
internal static class ListReading
{
    public static bool TryRead(JsonElement raw, bool splits, out JsonElement list) => TryRead(raw, splits, out list, out _);

    /// <param name="raw">What came.</param>
    /// <param name="splits">Whether a text without any notation may be a list.</param>
    /// <param name="list">An array.</param>
    /// <param name="wasSplit">It was cut at its separators, and so is a list only where each item fits.</param>
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
