using System.Text.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>The type a value is cast to.</summary>
internal enum WantedType
{
    Str,
    Int,
    Float,
    Bool,
    List,
    ListOfStr,
    ListOfInt,
    ListOfFloat,
    ListOfBool,
    Dict,

    /// <summary>A list type the service does not know, such as <c>list[string]</c>: it was seen to answer with the list written into a text.</summary>
    ListInText,
}

/// <summary>Where the type of a field comes from.</summary>
internal static class WantedTypes
{
    /// <summary>An explicit type, else the JSON type of the input, else that of an example, else text.</summary>
    public static WantedType Resolve(string? explicitType, JsonElement? input, JsonElement? example) =>
        Named(explicitType) ?? OfValue(input) ?? OfValue(example) ?? WantedType.Str;

    public static WantedType? ItemOf(WantedType list) => list switch
    {
        WantedType.ListOfStr => WantedType.Str,
        WantedType.ListOfInt => WantedType.Int,
        WantedType.ListOfFloat => WantedType.Float,
        WantedType.ListOfBool => WantedType.Bool,
        _ => null,
    };

    // Only the vendor's spellings count; anything else is no error and degrades to text. Only lower case is ever shown.
    private static WantedType? Named(string? name) => name switch
    {
        null => null,
        "str" or "string" => WantedType.Str,
        "int" or "integer" => WantedType.Int,
        "float" => WantedType.Float,
        "bool" or "boolean" => WantedType.Bool,
        "list" => WantedType.List,
        "list[str]" => WantedType.ListOfStr,
        "list[int]" => WantedType.ListOfInt,
        "list[float]" => WantedType.ListOfFloat,
        "list[bool]" or "list[boolean]" => WantedType.ListOfBool,
        "dict" => WantedType.Dict,
        _ when name.StartsWith("list[", StringComparison.Ordinal) => WantedType.ListInText,
        _ => WantedType.Str,
    };

    private static WantedType? OfValue(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.String => WantedType.Str,
        JsonValueKind.True or JsonValueKind.False => WantedType.Bool,
        JsonValueKind.Number => value.Value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? WantedType.Float : WantedType.Int,
        JsonValueKind.Array => WantedType.List,
        JsonValueKind.Object => WantedType.Dict,
        _ => null,
    };
}
