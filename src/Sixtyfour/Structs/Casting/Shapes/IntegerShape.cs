using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Sixtyfour;

/// <summary>A number without a fraction, within the limits of its type.</summary>
internal sealed class IntegerShape(string expected, BigInteger min, BigInteger max) : ValueShape(expected)
{
    public override FieldType? AskedAs => FieldType.Int;

    public override Fit Copy(JsonElement raw, RepairedJson to)
    {
        if (raw.ValueKind is JsonValueKind.Number && raw.TryGetInt64(out var number))
        {
            return number >= min && number <= max ? to.Raw(raw) : Fit.Unfit;
        }

        return NumberReading.TryReadInteger(raw, out var digits) && IsInRange(digits)
            ? to.Json(digits, raw.ValueKind is JsonValueKind.Number && raw.GetRawText() == digits ? Fit.Exact : Fit.Repaired)
            : Fit.Unfit;
    }

    private bool IsInRange(string digits) =>
        BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max;
}
