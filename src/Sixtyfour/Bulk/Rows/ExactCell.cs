using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Sixtyfour.Bulk;

/// <summary>A member of a type and the column it comes from.</summary>
internal sealed class ExactCell
{
    // No more digits than every type of floating point keeps.
    private const int MostDigits = 15;

    private readonly byte[] _name;
    private readonly ValueShape _shape;
    private readonly Form _form;

    public ExactCell(int column, PlannedMember member)
    {
        Column = column;
        MayBeEmpty = member.CanBeNull() || member.Shape.HoldsNull;
        _name = Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(member.JsonName)}\":");
        _shape = member.Shape;
        _form = FormOf(member.Shape);
    }

    private enum Form
    {
        Text,
        TextForm,
        Integer,
        Number,
        Truth,
        Other,
    }

    public int Column { get; }

    public bool MayBeEmpty { get; }

    /// <summary>False when the cell is not what the type wants, or nobody can tell so quickly. What was written then is to be forgotten.</summary>
    public bool TryWrite(ReadOnlySpan<byte> text, JsonBytes to)
    {
        to.Add(_name);
        return _form switch
        {
            Form.Text => IsVisible(text[0]) && to.TryAddText(text),
            Form.TextForm => ((TextFormShape)_shape).IsExact(Utf8Text.Decode(text)) && to.TryAddText(text),
            Form.Integer => IsInteger(text) && to.Add(text),
            Form.Number => IsNumber(text) && to.Add(text),
            Form.Truth => TryAddTruth(text, to),
            _ => false,
        };
    }

    /// <summary>The same for a text whose quotes are doubled.</summary>
    public bool TryWriteUnquoted(ReadOnlySpan<byte> text, JsonBytes to)
    {
        to.Add(_name);
        return _form is Form.Text && (IsVisible(text[0]) || text[0] is (byte)'"') && to.TryAddDoubledText(text);
    }

    private static Form FormOf(ValueShape shape) => shape switch
    {
        TextShape => Form.Text,
        TextFormShape => Form.TextForm,
        IntegerShape => Form.Integer,
        // Its range ends where others have not begun to.
        FloatShape when !shape.Expected.StartsWith("Half", StringComparison.Ordinal) => Form.Number,
        BooleanShape => Form.Truth,
        _ => Form.Other,
    };

    // Then it is not blank, which would be no value. Blanks beyond ASCII begin with C2, E1, E2 or E3.
    private static bool IsVisible(byte first) => first is (> (byte)' ' and < 0x7F) or (>= 0xC3 and not (0xE1 or 0xE2 or 0xE3));

    private bool IsInteger(ReadOnlySpan<byte> text)
    {
        var digits = text[0] is (byte)'-' ? text.Slice(1) : text;
        return digits.Length is > 0 and <= 18
            && (digits.Length is 1 || digits[0] is not (byte)'0')
            && AreDigits(digits)
            && Utf8Parser.TryParse(text, out long number, out _)
            && ((IntegerShape)_shape).Holds(number);
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        var digits = text[0] is (byte)'-' ? text.Slice(1) : text;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits.Slice(0, point);
        var fraction = point < 0 ? "0"u8 : digits.Slice(point + 1);
        return digits.Length <= MostDigits
            && whole.Length > 0
            && fraction.Length > 0
            && (whole.Length is 1 || whole[0] is not (byte)'0')
            && AreDigits(whole)
            && AreDigits(fraction);
    }

    private static bool AreDigits(ReadOnlySpan<byte> text)
    {
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryAddTruth(ReadOnlySpan<byte> text, JsonBytes to) => text.Length switch
    {
        4 when text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8) => to.Add("true"u8),
        5 when text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8) => to.Add("false"u8),
        _ => false,
    };
}
