using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>A text from whatever came: numbers and truth values have one, lists and objects have none.</summary>
internal static class TextReading
{
    public static string? Read(JsonElement raw) => raw.ValueKind switch
    {
        JsonValueKind.String => raw.TryGetText(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => raw.GetRawText(),
        _ => null,
    };
}
