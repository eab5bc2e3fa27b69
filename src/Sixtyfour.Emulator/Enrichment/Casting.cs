using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Turns a given value into the type it is wanted in. What does not fit becomes null; the vendor does not say what happens then.</summary>
internal static class Casting
{
    public static JsonNode? Cast(JsonElement value, WantedType type) => type switch
    {
        WantedType.Str => Text(value),
        WantedType.Int => Whole(value) is { } whole ? JsonValue.Create(whole) : null,
        WantedType.Float => Number(value) is { } number ? Float(number) : null,
        WantedType.Bool => Truth(value) is { } truth ? JsonValue.Create(truth) : null,
        WantedType.Dict => Dict(value),
        WantedType.ListInText => ListInText(List(value, WantedType.Str)),
        _ => List(value, WantedTypes.ItemOf(type)),
    };

    /// <summary>A number that shows its fraction also when that is zero, as the service's own language writes a float.</summary>
    public static JsonNode Float(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0")!;
    }

    public static JsonNode Dict(JsonObject value) => JsonValue.Create(value.ToJsonString());

    /// <summary>The notation of Python lists: ['A', 'B'].</summary>
    public static JsonNode ListInText(JsonArray items) =>
        JsonValue.Create('[' + string.Join(", ", items.Select(item => $"'{item?.GetValue<string>()}'")) + ']');

    private static JsonValue? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonValue.Create(value.GetString()),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value.GetRawText()),
    };

    private static decimal? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
        JsonValueKind.String when decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => null,
    };

    private static long? Whole(JsonElement value) =>
        Number(value) is { } number && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;

    private static bool? Truth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(value) switch { 1 => true, 0 => false, _ => null },
        JsonValueKind.String => value.GetString()!.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" => true,
            "FALSE" or "NO" => false,
            _ => null,
        },
        _ => null,
    };

    private static JsonArray List(JsonElement value, WantedType? item)
    {
        IEnumerable<JsonElement> given = value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : [value];
        var items = given.Select(each => item is { } type ? Cast(each, type) : JsonText.ToNode(each));
        return new JsonArray([.. items.Where(each => each is not null)]);
    }

    private static JsonNode? Dict(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Dict(JsonText.ToObject(value)),
        JsonValueKind.String when JsonText.Read(System.Text.Encoding.UTF8.GetBytes(value.GetString()!)).Value is { ValueKind: JsonValueKind.Object } =>
            JsonValue.Create(value.GetString()),
        _ => null,
    };
}
