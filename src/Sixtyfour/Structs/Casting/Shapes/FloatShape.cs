using System.Text.Json;

namespace Sixtyfour;

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
