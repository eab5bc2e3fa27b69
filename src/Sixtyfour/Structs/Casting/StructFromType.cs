namespace Sixtyfour;

/// <summary>Derives the fields to ask for from a type, or says which member stands in the way.</summary>
internal static class StructFromType
{
    public static IReadOnlyList<KeyValuePair<string, StructField>> Fields(TypePlan plan)
    {
        var type = TypeName.Of(plan.Type);
        if (plan.Members.Count == 0)
        {
            throw Refused(
                $"{type} has no properties to ask for: is it an object, and does its context generate metadata (not GenerationMode = Serialization alone)?");
        }

        if (plan.Members.Count > EnrichmentStruct.MaxFields)
        {
            throw Refused(
                $"{type} has {plan.Members.Count} properties and the service takes at most {EnrichmentStruct.MaxFields} fields: "
                + $"{type}.{plan.Members[EnrichmentStruct.MaxFields].ClrName} is one too many.");
        }

        return [.. plan.Members.Select(member => Field(type, member))];
    }

    private static KeyValuePair<string, StructField> Field(string type, PlannedMember member)
    {
        if (string.IsNullOrWhiteSpace(member.JsonName))
        {
            throw Refused($"{type}.{member.ClrName} has a blank JSON name.");
        }

        return member.Shape.Refusal is { } refusal
            ? throw Refused($"{type}.{member.ClrName} cannot be asked for: {refusal}.")
            : new(member.JsonName, member.ToField());
    }

    private static ArgumentException Refused(string message) => new(message);
}
