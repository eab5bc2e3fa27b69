using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

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
