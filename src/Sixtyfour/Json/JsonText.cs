using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sixtyfour.Json;

/// <summary>JSON values from and to text; the values never depend on a disposable document.</summary>
internal static class JsonText
{
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Parses text from outside, see <see cref="LenientJson"/>.</summary>
    public static bool TryParse(string json, out JsonElement value)
    {
        try
        {
            value = JsonSerializer.Deserialize(LenientJson.Normalize(Encoding.UTF8.GetBytes(json)), ApiJson.Default.JsonElement);
            return true;
        }
        catch (JsonException)
        {
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
        /// <summary>Writes a value byte for byte. The element's own WriteTo throws for texts that are not valid Unicode, and for deep nesting.</summary>
        public void WriteRaw(JsonElement value) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}

/// <summary>The JSON contracts of the SDK itself, generated at compile time.</summary>
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ApiJson : JsonSerializerContext;
