using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

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
