using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sixtyfour.Json;

/// <summary>JSON values from and to text; what comes out never depends on a document that someone may dispose.</summary>
internal static class JsonText
{
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static bool TryParse(string json, out JsonElement value)
    {
        try
        {
            value = Parse(json);
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: the text is no valid UTF-16.
            value = default;
            return false;
        }
    }

    public static JsonElement OfInteger(long value) => Parse(value.ToString(CultureInfo.InvariantCulture));

    public static JsonElement OfFloat(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has finite numbers only.");
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return Parse(text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text);
    }

    public static JsonElement OfText(string text) => JsonSerializer.SerializeToElement(text, ApiJson.Default.String);

    public static JsonElement OfTexts(IEnumerable<string> texts) => JsonSerializer.SerializeToElement([.. texts], ApiJson.Default.StringArray);

    public static string Quoted(string text) => JsonSerializer.Serialize(text, ApiJson.Default.String);

    extension(Utf8JsonWriter writer)
    {
        /// <summary>Writes a value byte for byte. The element's own WriteTo throws for texts that are no valid Unicode, and for deep nesting.</summary>
        public void WriteRaw(JsonElement value) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    extension(JsonElement element)
    {
        /// <summary>The text of a JSON string. False for anything else, and for escapes that make no valid Unicode: reading those throws.</summary>
        public bool TryGetText([NotNullWhen(true)] out string? text)
        {
            text = null;
            if (element.ValueKind is not JsonValueKind.String)
            {
                return false;
            }

            try
            {
                text = element.GetString();
            }
            catch (InvalidOperationException)
            {
                return false;
            }

            return text is not null;
        }

        /// <summary>The items of a list; none for anything else.</summary>
        public IEnumerable<JsonElement> Items()
        {
            if (element.ValueKind is JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                {
                    yield return item;
                }
            }
        }

        /// <summary>The members that have a readable name, in the order they came; none for anything but an object.</summary>
        public IEnumerable<KeyValuePair<string, JsonElement>> Members()
        {
            if (element.ValueKind is not JsonValueKind.Object)
            {
                yield break;
            }

            foreach (var member in element.EnumerateObject())
            {
                if (member.TryGetName(out var name))
                {
                    yield return new(name, member.Value);
                }
            }
        }
    }

    extension(JsonProperty member)
    {
        /// <summary>The name. False for escapes that make no valid Unicode: reading those throws.</summary>
        public bool TryGetName([NotNullWhen(true)] out string? name)
        {
            try
            {
                name = member.Name;
                return true;
            }
            catch (InvalidOperationException)
            {
                name = null;
                return false;
            }
        }
    }
}
