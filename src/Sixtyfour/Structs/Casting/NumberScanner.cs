namespace Sixtyfour;

/// <summary>Takes the parts of a written number one after the other.</summary>
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
    /// Plain digits, or groups: one to three digits, the first no zero, then a comma and exactly three, again and again. Null when a comma stands elsewhere:
    /// it may be a decimal comma.
    /// </summary>
    public string? GroupedDigits()
    {
        var digits = Digits();
        var mayGroup = digits.Length is >= 1 and <= 3 && digits[0] != '0';
        while (Take(','))
        {
            var group = Digits();
            if (!mayGroup || group.Length != 3)
            {
                return null;
            }

            digits += group;
        }

        return digits;
    }

    /// <summary>Without its e. Empty when there is none; null when there is an e without a number behind it.</summary>
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
