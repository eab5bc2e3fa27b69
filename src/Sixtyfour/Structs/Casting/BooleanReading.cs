using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>A truth value, also from one of four words. A sentence that contains such a word is no truth value.</summary>
internal static class BooleanReading
{
    public static bool? Read(JsonElement raw) => raw.ValueKind switch
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
