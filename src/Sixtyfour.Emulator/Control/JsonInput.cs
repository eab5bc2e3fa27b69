using System.Text.Json;

namespace Sixtyfour.Emulator.Control;

/// <summary>Reads optional members; a member of the wrong type is an <see cref="ArgumentException"/>.</summary>
internal static class JsonInput
{
    public static string? Text(this JsonElement input, string name) => input.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw new ArgumentException($"'{name}' must be a text."),
    };

    public static decimal? Number(this JsonElement input, string name) => input.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var value) => value,
        _ => throw new ArgumentException($"'{name}' must be a number."),
    };

    private static JsonElement? Member(this JsonElement input, string name) =>
        input.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}
