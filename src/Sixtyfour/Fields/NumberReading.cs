using System.Globalization;
using System.Text;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>A number, also from a text. Units, currencies, approximations and ranges are not numbers: their value would be a guess.</summary>
internal static class NumberReading
{
    // Longer than any integer type.
    private const int MaxDigits = 64;

    // An exponent in the millions must not become a million zeros.
    private const int MaxShift = 1_000;

    private const double MostHalf = 65_504;

    // Half of 2^-24; this and less is rounded to zero.
    private const double HalfOfLeastHalf = 1.0 / (1 << 25);

    public static double? Read(JsonElement raw) => TryRead(raw, out var text) ? ToFinite(text) : null;

    /// <summary>The number in JSON notation.</summary>
    public static bool TryRead(JsonElement raw, out string number)
    {
        number = "";
        return raw.ValueKind switch
        {
            JsonValueKind.Number => (number = raw.GetRawText()).Length > 0,
            JsonValueKind.String => raw.TryGetText(out var text) && TryNormalize(text.Trim(), out number),
            _ => false,
        };
    }

    /// <summary>The digits of a number whose fraction, if it has one, is zero: <c>41</c> for 41, "41", 41.0 and 4.1e1.</summary>
    public static bool TryReadInteger(JsonElement raw, out string digits)
    {
        digits = "";
        return TryRead(raw, out var number) && TryToInteger(number, out digits);
    }

    public static double? ToFinite(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value) && (value != 0 || IsZero(number))
            ? value : null;

    /// <summary>Whether it is within the limits of <c>Half</c>, which netstandard2.0 lacks, and not rounded to zero.</summary>
    public static bool FitsHalf(string number) => ToFinite(number) is { } value && Math.Abs(value) is 0 or (> HalfOfLeastHalf and <= MostHalf);

    public static float? ToSingle(string number) =>
        ToFinite(number) is { } value && !float.IsInfinity((float)value) && ((float)value != 0 || value == 0) ? (float)value : null;

    public static decimal? ToDecimal(string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (value != 0 || IsZero(number)) ? value : null;

    // A number too small for its type would be read as zero.
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

    /// <summary>Converts a number to JSON notation: without a leading plus, leading zeros and correctly placed thousands separators.</summary>
    private static bool TryNormalize(string text, out string number)
    {
        number = "";
        var scan = new NumberScanner(text);
        var sign = scan.Sign();
        var whole = scan.GroupedDigits();
        var fraction = scan.Take('.') ? scan.Digits() : "";
        var exponent = scan.Exponent();
        if (whole is null || exponent is null || whole.Length + fraction.Length == 0 || !scan.IsAtEnd)
        {
            return false;
        }

        number = sign + WithoutLeadingZeros(whole) + (fraction.Length == 0 ? "" : "." + fraction) + (exponent.Length == 0 ? "" : "e" + exponent);
        return true;
    }

    /// <summary>The digits of a number in JSON notation, when it is whole.</summary>
    private static bool TryToInteger(string number, out string digits)
    {
        var scan = new NumberScanner(number);
        var sign = scan.Sign();
        var whole = scan.Digits();
        var all = whole + (scan.Take('.') ? scan.Digits() : "");
        if (all.All(digit => digit == '0'))
        {
            digits = "0";
            return true;
        }

        var fits = TryShift(scan.Exponent() ?? "", out var shift);
        digits = fits ? Whole(all, whole.Length + shift) : "";
        fits = digits.Length is > 0 and <= MaxDigits;
        digits = sign + digits;
        return fits;
    }

    private static bool TryShift(string exponent, out int shift)
    {
        shift = 0;
        return exponent.Length == 0
            || (int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out shift)
                && shift is >= -MaxShift and <= MaxShift);
    }

    // Empty when a digit after the point is not zero.
    private static string Whole(string all, int point)
    {
        var front = point <= 0 ? "" : point >= all.Length ? all.PadRight(point, '0') : all.Substring(0, point);
        var behind = point >= all.Length ? "" : all.Substring(Math.Max(point, 0));
        return behind.All(digit => digit == '0') ? WithoutLeadingZeros(front) : "";
    }

    private static string WithoutLeadingZeros(string digits)
    {
        digits = digits.TrimStart('0');
        return digits.Length == 0 ? "0" : digits;
    }
}

/// <summary>Scans the parts of a number.</summary>
internal struct NumberScanner(string text)
{
    private int _at;

    public readonly bool IsAtEnd => _at == text.Length;

    public bool Take(char expected)
    {
        if (IsAtEnd || text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    public string Sign()
    {
        if (Take('-'))
        {
            return "-";
        }

        _ = Take('+');
        return "";
    }

    public string Digits()
    {
        var start = _at;
        while (!IsAtEnd && text[_at] is >= '0' and <= '9')
        {
            _at++;
        }

        return text.Substring(start, _at - start);
    }

    /// <summary>
    /// Plain digits, or groups: one to three digits that do not begin with zero, then groups of a comma and exactly three digits. Null when a comma is
    /// elsewhere: it may be a decimal comma.
    /// </summary>
    public string? GroupedDigits()
    {
        var digits = Digits();
        if (IsAtEnd || text[_at] != ',')
        {
            return digits;
        }

        var mayGroup = digits.Length is >= 1 and <= 3 && digits[0] != '0';
        var grouped = new StringBuilder(digits);
        while (Take(','))
        {
            var group = Digits();
            if (!mayGroup || group.Length != 3)
            {
                return null;
            }

            grouped.Append(group);
        }

        return grouped.ToString();
    }

    /// <summary>The exponent without its e. Empty without one; null when no number follows the e.</summary>
    public string? Exponent()
    {
        if (!Take('e') && !Take('E'))
        {
            return "";
        }

        var sign = Sign();
        var digits = Digits();
        return digits.Length == 0 ? null : sign + digits;
    }
}
