using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Fields.Reading;

/// <summary>A member of a C# type: how to ask for it, and how to read it.</summary>
internal sealed class PlannedMember(JsonPropertyInfo property)
{
    private readonly Lazy<ValueShape> _shape = new(() => ShapeOf.Member(property));

    public string JsonName { get; } = property.Name;

    public string ClrName { get; } = (property.AttributeProvider as MemberInfo)?.Name ?? property.AssociatedParameter?.Name ?? property.Name;

    public Type Type => property.PropertyType;

    public ValueShape Shape => _shape.Value;

    // A contract lists ignored properties, too, and those that JSON can only be written from.
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
        else if (fit is Fit.Repaired || found.HasDrifted)
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

    // Otherwise a list that cannot be null would be: a constructor without it, or a generated initializer, sets null.
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
