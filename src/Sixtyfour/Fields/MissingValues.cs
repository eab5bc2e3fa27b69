using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>The values that mean that nothing was found.</summary>
internal static class MissingValues
{
    public static readonly IReadOnlyDictionary<string, double?> NoNumbers = new ReadOnlyDictionary<string, double?>(new Dictionary<string, double?>());

    public static readonly IReadOnlyDictionary<string, JsonElement> NoMembers =
        new ReadOnlyDictionary<string, JsonElement>(new Dictionary<string, JsonElement>());

    extension(JsonElement raw)
    {
        /// <summary>Absent, null, or a blank text.</summary>
        public bool IsNothing() => raw.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || raw.IsBlankText();

        public bool IsEmptyList() => raw.ValueKind is JsonValueKind.Array && raw.GetArrayLength() == 0;

        public bool IsEmptyDict() => raw.ValueKind is JsonValueKind.Object && !raw.EnumerateObject().MoveNext();

        public bool IsEmptyListText() => raw.TryGetText(out var text) && IsEmptyBetween(text, '[', ']');

        public bool IsEmptyDictText() => raw.TryGetText(out var text) && IsEmptyBetween(text, '{', '}');

        private bool IsBlankText() =>
            raw.ValueKind is JsonValueKind.String && !StartsVisibly(raw) && raw.TryGetText(out var text) && string.IsNullOrWhiteSpace(text);
    }

    // Avoids a string for most values.
    private static bool StartsVisibly(JsonElement text)
    {
        var quoted = JsonMarshal.GetRawUtf8Value(text);
        return quoted.Length > 2 && quoted[1] is > (byte)' ' and < 0x7F and not (byte)'\\';
    }

    private static bool IsEmptyBetween(string text, char first, char last)
    {
        text = text.Trim();
        return text.Length >= 2 && text[0] == first && text[text.Length - 1] == last && string.IsNullOrWhiteSpace(text.Substring(1, text.Length - 2));
    }
}
