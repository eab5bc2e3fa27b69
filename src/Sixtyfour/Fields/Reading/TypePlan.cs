using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Fields.Reading;

/// <summary>What a C# type asks for and how it is read, worked out once for each JSON contract and kept as long as the contract lives.</summary>
internal sealed class TypePlan
{
    // Follows from the contract alone, so it may be shared; weak, so it ends with the contract.
    private static readonly ConditionalWeakTable<JsonTypeInfo, TypePlan> s_plans = new();

    private readonly JsonTypeInfo _typeInfo;
    private readonly Lazy<IReadOnlyList<PlannedMember>> _members;
    private readonly Lazy<IReadOnlyList<KeyValuePair<string, StructField>>> _fields;
    private readonly Lazy<Dictionary<string, PlannedMember>> _byJsonName;
    private readonly Lazy<JsonTypeInfo> _contract;
    private readonly Lazy<ValueShape> _shape;
    private readonly Lazy<bool> _keepsUnknown;

    private TypePlan(JsonTypeInfo typeInfo)
    {
        _typeInfo = typeInfo;
        _members = new(() => [.. typeInfo.Properties.Where(PlannedMember.CanBeRead).Select(property => new PlannedMember(property))]);
        _byJsonName = new(() => Members.ToDictionary(member => member.JsonName, StringComparer.Ordinal));
        _fields = new(() => StructFromType.Fields(this));
        _contract = new(() => TolerantContracts.WithoutDemands(typeInfo));
        _keepsUnknown = new(() => typeInfo.PolymorphismOptions is not null || typeInfo.Properties.Any(property => property.IsExtensionData));
        _shape = new(() => ShapeOf.Type(typeInfo.Type, typeInfo.Options));
    }

    public Type Type => _typeInfo.Type;

    /// <summary>Whether a name in another case would be taken for a member's by the serializer itself, whatever the exact one says.</summary>
    public bool IgnoresCase => _typeInfo.Options.PropertyNameCaseInsensitive;

    public bool IsObject => _typeInfo.Kind is JsonTypeInfoKind.Object;

    public IReadOnlyList<PlannedMember> Members => _members.Value;

    /// <summary>The fields to ask for; throws when the type cannot be asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, StructField>> Fields => _fields.Value;

    /// <summary>It keeps members it has no property for, or one of them says which derived type is meant.</summary>
    public bool KeepsUnknown => _keepsUnknown.Value;

    /// <summary>The contract to read with: no member is required.</summary>
    public JsonTypeInfo Contract => _contract.Value;

    /// <summary>The shape of the type as a value, for types that are not objects.</summary>
    public ValueShape Shape => _shape.Value;

    public static TypePlan For(JsonTypeInfo typeInfo) => s_plans.GetValue(typeInfo, info => new TypePlan(info));

    public bool Knows(string jsonName) => _byJsonName.Value.ContainsKey(jsonName);

    /// <summary>By JSON name, else by C# name.</summary>
    public PlannedMember? Find(string name) =>
        _byJsonName.Value.TryGetValue(name, out var member)
            ? member
            : Members.FirstOrDefault(candidate => string.Equals(candidate.ClrName, name, StringComparison.Ordinal));

    public IReadOnlyList<string> MissingIn(StructMembers found)
    {
        List<string>? missing = null;
        foreach (var member in Members)
        {
            if (member.IsMissingIn(found))
            {
                (missing ??= []).Add(member.JsonName);
            }
        }

        return missing is null ? [] : missing;
    }

    public void CopyMembers(JsonElement data, RepairedJson to)
    {
        var found = new StructMembers(data, this);
        CopyUnknown(found, to);
        foreach (var member in Members)
        {
            member.Copy(found, to);
        }
    }

    /// <summary>Members the type has no property for, where it keeps them or where one of them says which derived type is meant.</summary>
    public void CopyUnknown(StructMembers found, RepairedJson to)
    {
        if (!KeepsUnknown)
        {
            return;
        }

        foreach (var member in found.Unknown())
        {
            to.EnterMember(member.Key);
            to.Raw(member.Value);
            to.Leave();
        }
    }
}

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
