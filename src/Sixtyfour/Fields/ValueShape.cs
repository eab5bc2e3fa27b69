using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>A C# type in JSON: what to ask for, and how to repair an answer so that the type's own converter can read it.</summary>
/// <param name="expected">The short name of the C# type, for issues.</param>
internal abstract class ValueShape(string expected)
{
    public string Expected { get; } = expected;

    /// <summary>The type to ask for; null leaves it to the service.</summary>
    public virtual FieldType? AskedAs => FieldType.Str;

    /// <summary>Whether a plain text can be a value.</summary>
    public virtual bool IsScalar => true;

    /// <summary>The form of the answer, for the description of the field.</summary>
    public virtual string? Format => null;

    /// <summary>Why this type cannot be asked for, or null.</summary>
    public virtual string? Refusal => null;

    /// <summary>The empty value of a list or dictionary, in JSON.</summary>
    public virtual string? Empty => null;

    /// <summary>Whether null is an ordinary value of the type, so that no value is missing.</summary>
    public virtual bool HoldsNull => false;

    /// <summary>Whether the value means that nothing was found.</summary>
    public virtual bool IsNothing(JsonElement raw) => raw.IsNothing();

    /// <summary>Writes exactly one value, or none when it is unreadable. <paramref name="raw"/> is not missing.</summary>
    public abstract Fit Copy(JsonElement raw, RepairedJson to);
}

/// <summary>Any JSON as it is; null is an ordinary value.</summary>
internal sealed class UntypedShape(string expected) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => null;

    public override bool HoldsNull => true;

    public override Fit Copy(JsonElement raw, RepairedJson to) => to.Raw(raw);
}

/// <summary>A type with a converter of the application. The converter gets the value as it is, and decides whether it fits.</summary>
internal sealed class CustomShape(string expected, string? refusal = null) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => null;

    public override string? Refusal => refusal;

    public override Fit Copy(JsonElement raw, RepairedJson to) => to.Raw(raw);
}

/// <summary>A text as it is; a number or Boolean in its JSON spelling.</summary>
internal sealed class TextShape(string expected) : ValueShape(expected)
{
    public override Fit Copy(JsonElement raw, RepairedJson to) =>
        raw.ValueKind is JsonValueKind.String ? Fitting(raw, to)
        : ScalarReading.Text(raw) is { } text ? to.Text(text)
        : Fit.Unfit;

    // U+FFFD replaces bytes or escapes that were not Unicode: the text is readable, but not the original.
    private static Fit Fitting(JsonElement raw, RepairedJson to)
    {
        to.Raw(raw);
        var json = JsonMarshal.GetRawUtf8Value(raw);
        return json.IndexOf("\uFFFD"u8) >= 0 || json.IndexOf("\\ufffd"u8) >= 0 ? Fit.Repaired : Fit.Exact;
    }
}

/// <summary>True or false.</summary>
internal sealed class BooleanShape() : ValueShape("bool")
{
    public override FieldType? AskedAs => FieldType.Bool;

    public override Fit Copy(JsonElement raw, RepairedJson to) =>
        raw.ValueKind is JsonValueKind.True or JsonValueKind.False ? to.Raw(raw)
        : ScalarReading.Boolean(raw) is { } value ? to.Json(value ? "true" : "false")
        : Fit.Unfit;
}

/// <summary>A number without a fraction, within the limits of its type.</summary>
internal sealed class IntegerShape(string expected, BigInteger min, BigInteger max) : ValueShape(expected)
{
    public override FieldType? AskedAs => FieldType.Int;

    public override Fit Copy(JsonElement raw, RepairedJson to)
    {
        if (raw.ValueKind is JsonValueKind.Number && raw.TryGetInt64(out var number))
        {
            return number < min || number > max ? Fit.Unfit : number is 0 ? Zero(raw, to) : to.Raw(raw);
        }

        return NumberReading.TryReadInteger(raw, out var digits) && IsInRange(digits)
            ? to.Json(digits, raw.ValueKind is JsonValueKind.Number && raw.GetRawText() == digits ? Fit.Exact : Fit.Repaired)
            : Fit.Unfit;
    }

    // -0 is valid JSON, but the converters of the unsigned types refuse it.
    private static Fit Zero(JsonElement raw, RepairedJson to) => JsonMarshal.GetRawUtf8Value(raw)[0] is (byte)'-' ? to.Json("0", Fit.Exact) : to.Raw(raw);

    private bool IsInRange(string digits) =>
        BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max;
}

/// <summary>A number, within the limits of its type.</summary>
internal sealed class FloatShape(string expected, Func<string, bool> fits) : ValueShape(expected)
{
    public override FieldType? AskedAs => FieldType.Float;

    public override Fit Copy(JsonElement raw, RepairedJson to)
    {
        if (!NumberReading.TryRead(raw, out var number) || !fits(number))
        {
            return Fit.Unfit;
        }

        return raw.ValueKind is JsonValueKind.Number ? to.Raw(raw) : to.Json(number);
    }
}

/// <summary>A text in one form: a date, a GUID, an address.</summary>
/// <param name="expected">The short name of the C# type, for issues.</param>
/// <param name="format">The form, for the description of the field.</param>
/// <param name="repair">Returns the text itself if it has the form, a repaired text if its meaning is clear, else null.</param>
internal sealed class TextFormShape(string expected, string format, Func<string, string?> repair) : ValueShape(expected)
{
    public override string? Format => format;

    public override Fit Copy(JsonElement raw, RepairedJson to) =>
        !raw.TryGetText(out var text) || repair(text.Trim()) is not { } repaired ? Fit.Unfit
        : repaired == text ? to.Raw(raw)
        : to.Text(repaired);
}
