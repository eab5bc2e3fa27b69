using System.Text.Json;

namespace Sixtyfour;

/// <summary>An object with members of its own, also as JSON inside a text.</summary>
internal sealed class ObjectShape(string expected, TypePlan plan) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => FieldType.Dict;

    // Without its names the agent could not know what to call the members. One level: a type may contain itself.
    public override string? Format => plan.Members.Count == 0 ? null : "an object with: " + string.Join(", ", plan.Members.Select(member => member.JsonName));

    public override bool IsNothing(JsonElement raw) => base.IsNothing(raw) || raw.IsEmptyDict() || raw.IsEmptyDictText();

    public override Fit Copy(JsonElement raw, RepairedJson to)
    {
        if (to.IsTooDeep || !DictReading.TryRead(raw, out var found))
        {
            return Fit.Unfit;
        }

        to.StartObject();
        plan.CopyMembers(found, to);
        to.EndObject();
        return raw.ValueKind is JsonValueKind.Object ? Fit.Exact : Fit.Repaired;
    }
}
