using System.Text.Json;

namespace Sixtyfour;

/// <summary>A type that someone else's converter reads. It sees the value as it came; whether it takes it shows when it is tried.</summary>
internal sealed class CustomShape(string expected, string? refusal = null) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => null;

    public override string? Refusal => refusal;

    public override Fit Copy(JsonElement raw, RepairedJson to) => to.Raw(raw);
}
