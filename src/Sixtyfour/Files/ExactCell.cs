using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;

namespace Sixtyfour.Files;

/// <summary>A member of a type and the column it comes from.</summary>
internal sealed class ExactCell
{
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly ValueShape _shape;
    private readonly Form _form;
    private readonly JsonTypeInfo? _contract;

    public ExactCell(int column, int place, PlannedMember member, JsonSerializerOptions options)
    {
        Column = column;
        Place = place;
        MayBeEmpty = member.CanBeNull() || member.Shape.HoldsNull;
        _shape = member.Shape;
        _contract = TolerantContracts.TryGet(member.Type, options, out var contract) ? contract : null;
        _form = FormOf(member);
    }

    private enum Form
    {
        Text,
        Int32,
        Int64,
        Double,
        Decimal,
        Boolean,
        Json,
        None,
    }

    public int Column { get; }

    /// <summary>The index of the member in the plan of the type.</summary>
    public int Place { get; }

    public bool MayBeEmpty { get; }

    /// <summary>False when the cell is not exactly of the wanted type, or that cannot be decided quickly.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, bool hasDoubledQuotes, [NotNullWhen(true)] out object? value)
    {
        value = null;
        switch (_form)
        {
            case Form.Text:
                value = IsVisible(text[0]) ? Text(text, hasDoubledQuotes) : null;
                break;
            case Form.Int32 when PlainNumber.TryRead(text, out var digits, out var scale) && scale is 0 && digits is >= int.MinValue and <= int.MaxValue:
                value = (int)digits;
                break;
            case Form.Int64 when PlainNumber.TryRead(text, out var digits, out var scale) && scale is 0:
                value = digits;
                break;
            case Form.Double when PlainNumber.TryRead(text, out var digits, out var scale):
                value = PlainNumber.ToDouble(digits, scale);
                break;
            case Form.Decimal when PlainNumber.TryRead(text, out var digits, out var scale):
                value = PlainNumber.ToDecimal(digits, scale);
                break;
            case Form.Boolean:
                value = ReadBoolean(text);
                break;
            case Form.Json:
                value = Cast(Text(text, hasDoubledQuotes));
                break;
        }

        return value is not null;
    }

    private Form FormOf(PlannedMember member) => (Nullable.GetUnderlyingType(member.Type) ?? member.Type, member.Shape) switch
    {
        (_, CustomShape or UntypedShape) => Form.None,
        ({ } type, TextShape) when type == typeof(string) => Form.Text,
        ({ } type, IntegerShape) when type == typeof(int) => Form.Int32,
        ({ } type, IntegerShape) when type == typeof(long) => Form.Int64,
        ({ } type, FloatShape) when type == typeof(double) => Form.Double,
        ({ } type, FloatShape) when type == typeof(decimal) => Form.Decimal,
        (_, BooleanShape) => Form.Boolean,
        _ => _contract is null ? Form.None : Form.Json,
    };

    private static string Text(ReadOnlySpan<byte> text, bool hasDoubledQuotes)
    {
        var decoded = Utf8Text.Decode(text);
        return hasDoubledQuotes ? decoded.Replace("\"\"", "\"") : decoded;
    }

    // A visible first character means a value that is not blank. White space beyond ASCII begins with C2, E1, E2 or E3.
    private static bool IsVisible(byte first) => first is (> (byte)' ' and < 0x7F) or (>= 0xC3 and not (0xE1 or 0xE2 or 0xE3));

    private static object? ReadBoolean(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8) ? True
        : text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8) ? False
        : null;

    // Dates, enums, lists and objects are cast one by one; null when there is anything to report.
    private object? Cast(string text)
    {
        using var asJson = new RepairedJson();
        CellJson.Write(text, _shape, asJson);
        var raw = RowJson.Parse(asJson.WrittenUtf8);
        using var repaired = new RepairedJson { SplitsTexts = _shape is ListShape };
        if (_shape.IsNothing(raw) || _shape.Copy(raw, repaired) is not Fit.Exact || repaired.Issues.Count > 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(repaired.WrittenUtf8, _contract!);
        }
        catch (Exception e) when (StructReader.IsRefusal(e))
        {
            return null;
        }
    }
}

/// <summary>A number as a JSON writer writes it, with few enough digits for every number type: 41, -3.5, 0.25. No plus, no exponent, no leading zero.</summary>
internal static class PlainNumber
{
    private const int MostDigits = 15;

    // Powers of ten up to here are exact, so the quotient of two of these numbers is correctly rounded.
    private static ReadOnlySpan<double> Powers => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <param name="text">Not empty.</param>
    /// <param name="digits">All digits with their sign, without the point.</param>
    /// <param name="scale">How many of them follow the point.</param>
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
        // Number types differ on minus zero.
        var isPlain = wholeLength > 0 && point != text.Length - 1 && (wholeLength is 1 || text[first] is not (byte)'0') && !(isNegative && digits is 0);
        digits = isNegative ? -digits : digits;
        return isPlain;
    }

    public static double ToDouble(long digits, int scale) => digits / Powers[scale];

    public static decimal ToDecimal(long digits, int scale) =>
        new((int)Math.Abs(digits), (int)(Math.Abs(digits) >> 32), 0, digits < 0, (byte)scale);
}
