using System.Text.Json;

namespace Sixtyfour.Fields.Reading;

/// <summary>What a C# type looks like in JSON: what to ask for, and how to repair an answer into what the type's own converter reads.</summary>
/// <param name="expected">The C# type in short, for an issue.</param>
internal abstract class ValueShape(string expected)
{
    public string Expected { get; } = expected;

    /// <summary>The type to ask for; null leaves it to the service.</summary>
    public virtual FieldType? AskedAs => FieldType.Str;

    /// <summary>Whether a text without any notation can be a value.</summary>
    public virtual bool IsScalar => true;

    /// <summary>What the description should say about the form of the answer.</summary>
    public virtual string? Format => null;

    /// <summary>Why this type cannot be asked for.</summary>
    public virtual string? Refusal => null;

    /// <summary>The empty value of a list or dictionary, in JSON.</summary>
    public virtual string? Empty => null;

    /// <summary>Whether null is a value of the type like any other, so that nothing is ever missing.</summary>
    public virtual bool HoldsNull => false;

    /// <summary>Whether this says that nothing was found; an empty list or object says so, too.</summary>
    public virtual bool IsNothing(JsonElement raw) => raw.IsNothing();

    /// <summary>Writes exactly one value, or none when it is unfit. <paramref name="raw"/> is something.</summary>
    public abstract Fit Copy(JsonElement raw, RepairedJson to);
}

/// <summary>Any JSON, as it came; null is a value like any other.</summary>
internal sealed class UntypedShape(string expected) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => null;

    public override bool HoldsNull => true;

    public override Fit Copy(JsonElement raw, RepairedJson to) => to.Raw(raw);
}

/// <summary>A type with a converter of the application's. It sees the value as it came; whether it takes it shows when it is tried.</summary>
internal sealed class CustomShape(string expected, string? refusal = null) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => null;

    public override string? Refusal => refusal;

    public override Fit Copy(JsonElement raw, RepairedJson to) => to.Raw(raw);
}
