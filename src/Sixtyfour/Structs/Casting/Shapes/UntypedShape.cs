using System.Text.Json;

namespace Sixtyfour;

/// <summary>Any JSON, as it came; null is a value like any other.</summary>
internal sealed class UntypedShape(string expected) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => null;

    public override bool HoldsNull => true;

    public override Fit Copy(JsonElement raw, RepairedJson to) => to.Raw(raw);
}
