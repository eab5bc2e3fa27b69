using System.Globalization;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>A number, also out of a text. Units, currencies, approximations and ranges are no numbers: nobody knows what they are worth.</summary>
internal static class NumberReading
{
    public static double? Read(JsonElement raw) => TryRead(raw, out var text) ? ToFinite(text) : null;

    /// <summary>The number in JSON notation.</summary>
    public static bool TryRead(JsonElement raw, out string number)
    {
        number = "";
        return raw.ValueKind switch
        {
            JsonValueKind.Number => (number = raw.GetRawText()).Length > 0,
            JsonValueKind.String => raw.TryGetText(out var text) && NumberText.TryNormalize(text.Trim(), out number),
            _ => false,
        };
    }

    /// <summary>The digits of a number whose fraction, if it has one, is zero: <c>41</c> for 41, "41", 41.0 and 4.1e1.</summary>
    public static bool TryReadInteger(JsonElement raw, out string digits)
    {
        digits = "";
        return TryRead(raw, out var number) && NumberText.TryToInteger(number, out digits);
    }

    public static double? ToFinite(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value) && (value != 0 || IsZero(number))
            ? value : null;

    public static float? ToSingle(string number) =>
        ToFinite(number) is { } value && !float.IsInfinity((float)value) && ((float)value != 0 || value == 0) ? (float)value : null;

    public static decimal? ToDecimal(string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (value != 0 || IsZero(number)) ? value : null;

    // A number too small for its type would be read as nothing at all.
    private static bool IsZero(string number)
    {
        foreach (var c in number)
        {
            if (c is 'e' or 'E')
            {
                break;
            }

            if (c is >= '1' and <= '9')
            {
                return false;
            }
        }

        return true;
    }
}
