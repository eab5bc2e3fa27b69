using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>A text or a Boolean from a JSON value.</summary>
internal static class ScalarReading
{
    /// <summary>The text; also of numbers and Booleans, never of lists and objects.</summary>
    public static string? Text(JsonElement raw) => raw.ValueKind switch
    {
        JsonValueKind.String => raw.TryGetText(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => raw.GetRawText(),
        _ => null,
    };

    /// <summary>The Boolean; also from one of four words. A sentence that contains such a word is not a Boolean.</summary>
    public static bool? Boolean(JsonElement raw) => raw.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when raw.TryGetText(out var text) => FromWord(text.Trim()),
        _ => null,
    };

    private static bool? FromWord(string word) =>
        Is(word, "true") || Is(word, "yes") ? true
        : Is(word, "false") || Is(word, "no") ? false
        : null;

    private static bool Is(string word, string expected) => string.Equals(word, expected, StringComparison.OrdinalIgnoreCase);
}
