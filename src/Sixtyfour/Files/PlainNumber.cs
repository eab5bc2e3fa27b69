namespace Sixtyfour.Files;

/// <summary>A number as a JSON writer would put it, with few enough digits that every type keeps them: 41, -3.5, 0.25. No plus, no exponent, no zero in front.</summary>
internal static class PlainNumber
{
    private const int MostDigits = 15;

    // Powers of ten up to here are exact, and so is a quotient of two exact numbers as far as the type goes.
    private static ReadOnlySpan<double> Powers => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <param name="text">Not empty.</param>
    /// <param name="digits">All digits with their sign, the point left out.</param>
    /// <param name="scale">How many of them stand behind the point.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out long digits, out int scale)
    {
        var isNegative = text[0] is (byte)'-';
        var first = isNegative ? 1 : 0;
        var point = -1;
        digits = 0;
        for (var i = first; i < text.Length; i++)
        {
            var digit = text[i] - '0';
            if (digit is >= 0 and <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[i] is (byte)'.' && point < 0 && i > first)
            {
                point = i;
            }
            else
            {
                scale = 0;
                return false;
            }

            if (i - first > MostDigits)
            {
                scale = 0;
                return false;
            }
        }

        scale = point < 0 ? 0 : text.Length - point - 1;
        var wholeLength = (point < 0 ? text.Length : point) - first;
        // Minus zero is for types to decide.
        var isPlain = wholeLength > 0 && point != text.Length - 1 && (wholeLength is 1 || text[first] is not (byte)'0') && !(isNegative && digits is 0);
        digits = isNegative ? -digits : digits;
        return isPlain;
    }

    public static double ToDouble(long digits, int scale) => digits / Powers[scale];

    public static decimal ToDecimal(long digits, int scale) =>
        new((int)Math.Abs(digits), (int)(Math.Abs(digits) >> 32), 0, digits < 0, (byte)scale);
}
