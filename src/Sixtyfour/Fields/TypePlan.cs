using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>What to ask for a C# type and how to read it, derived once for each JSON contract and cached as long as the contract lives.</summary>
internal sealed class TypePlan
{
    // Derived from the contract alone, so it can be shared; weak, so that it lives as long as the contract.
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
        _contract = new(() => TolerantContracts.Lenient(typeInfo));
        _keepsUnknown = new(() => typeInfo.PolymorphismOptions is not null || typeInfo.Properties.Any(property => property.IsExtensionData));
        _shape = new(() => ShapeOf.Type(typeInfo.Type, typeInfo.Options));
    }

    public Type Type => _typeInfo.Type;

    /// <summary>Whether the serializer itself matches names without regard to case, even beside an exact match.</summary>
    public bool IgnoresCase => _typeInfo.Options.PropertyNameCaseInsensitive;

    public bool IsObject => _typeInfo.Kind is JsonTypeInfoKind.Object;

    public IReadOnlyList<PlannedMember> Members => _members.Value;

    /// <summary>The fields to ask for; throws when the type cannot be asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, StructField>> Fields => _fields.Value;

    /// <summary>Whether the type keeps members without a property, or one of these names the derived type.</summary>
    public bool KeepsUnknown => _keepsUnknown.Value;

    /// <summary>The contract to read with, without required members.</summary>
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

    /// <summary>Copies members without a property, where the type keeps them or one of them names the derived type.</summary>
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

/// <summary>Derives the fields to ask for from a type, or names the member that prevents it.</summary>
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

/// <summary>A member of a C# type: how to ask for it and how to read it.</summary>
internal sealed class PlannedMember(JsonPropertyInfo property)
{
    private readonly Lazy<ValueShape> _shape = new(() => ShapeOf.Member(property));

    public string JsonName { get; } = property.Name;

    public string ClrName { get; } = (property.AttributeProvider as MemberInfo)?.Name ?? property.AssociatedParameter?.Name ?? property.Name;

    public Type Type => property.PropertyType;

    public ValueShape Shape => _shape.Value;

    // A contract also lists ignored properties and write-only ones.
    public static bool CanBeRead(JsonPropertyInfo property) =>
        !property.IsExtensionData && (property.Set is not null || (property.AssociatedParameter is not null && property.Get is not null));

    public StructField ToField()
    {
        var description = Description() ?? NameCase.InWords(ClrName);
        return new StructField(Shape.Format is { } format ? $"{description} ({format})" : description, Shape.AskedAs);
    }

    public bool IsMissingIn(StructMembers data) => Shape.IsNothing(data.Find(JsonName));

    public void Copy(StructMembers data, RepairedJson to)
    {
        to.EnterMember(JsonName);
        if (!data.TryFind(JsonName, out var found) || Shape.IsNothing(found.Value))
        {
            CopyNothing(found.Value, to);
        }
        else
        {
            CopySomething(found, to);
        }

        to.Leave();
    }

    private void CopySomething(FoundMember found, RepairedJson to)
    {
        var fit = Shape.Copy(found.Value, to);
        if (fit is Fit.Unfit)
        {
            CopyDefault(to);
            to.Report(FieldIssueKind.Unreadable, Shape.Expected, found.Value);
        }
        else if (fit is Fit.Repaired || found.IsRespelled)
        {
            to.Report(FieldIssueKind.Repaired, Shape.Expected, found.Value);
        }
    }

    private void CopyNothing(JsonElement raw, RepairedJson to)
    {
        if (Shape.HoldsNull)
        {
            CopyRaw(raw, to);
        }
        else if (!CanBeNull())
        {
            CopyDefault(to);
            to.Report(FieldIssueKind.Missing, Shape.Expected, raw);
        }
        else if (raw.ValueKind is not JsonValueKind.Undefined)
        {
            to.Omit();
        }
    }

    private static void CopyRaw(JsonElement raw, RepairedJson to)
    {
        if (raw.ValueKind is not JsonValueKind.Undefined)
        {
            to.Raw(raw);
        }
    }

    // Otherwise a list that cannot be null would be null: a constructor without the argument, or a generated initializer, sets null.
    private void CopyDefault(RepairedJson to)
    {
        if (Shape.Empty is { } empty
            && !CanBeNull()
            && property.AssociatedParameter is { } parameter
            && (parameter.IsMemberInitializer || !parameter.HasDefaultValue))
        {
            to.Json(empty);
        }
    }

    public bool CanBeNull() => Type.IsValueType
        ? Nullable.GetUnderlyingType(Type) is not null
        : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    private string? Description() => DescriptionIn(property.AttributeProvider) ?? DescriptionIn(property.AssociatedParameter?.AttributeProvider);

    private static string? DescriptionIn(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is { Length: > 0 } found
            && ((DescriptionAttribute)found[0]).Description is { } text
            && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;
}
