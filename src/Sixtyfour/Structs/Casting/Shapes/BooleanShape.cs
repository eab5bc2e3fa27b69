using System.Text.Json;

namespace Sixtyfour;

/// <summary>True or false.</summary>
internal sealed class BooleanShape() : ValueShape("bool")
{
    public override FieldType? AskedAs => FieldType.Bool;

    public override Fit Copy(JsonElement raw, RepairedJson to) =>
        raw.ValueKind is JsonValueKind.True or JsonValueKind.False ? to.Raw(raw)
        : BooleanReading.Read(raw) is { } value ? to.Json(value ? "true" : "false")
        : Fit.Unfit;
}
