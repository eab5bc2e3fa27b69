using System.Globalization;

namespace Sixtyfour;

/// <summary>Numbers as text, so that no digit is lost before the member's own type has seen it.</summary>
internal static class NumberText
{
    // Longer than any integer type.
    private const int MaxDigits = 64;

    // An exponent in the millions must not become a million zeros.
    private const int MaxShift = 1_000;

    /// <summary>Puts a written number into JSON notation: a leading plus and leading zeros go, and so do thousands separators in their places.</summary>
    public static bool TryNormalize(string text, out string number)
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
    public static bool TryToInteger(string number, out string digits)
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

    // Empty when a digit behind the point is not zero.
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
