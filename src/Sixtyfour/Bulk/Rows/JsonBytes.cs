namespace Sixtyfour.Bulk;

/// <summary>JSON that grows in one array, used again for each row.</summary>
internal sealed class JsonBytes
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Add(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    /// <summary>True, so that it can end a condition.</summary>
    public bool Add(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
        return true;
    }

    /// <summary>A JSON string; false for control characters other than tab and line ends.</summary>
    public bool TryAddText(ReadOnlySpan<byte> text)
    {
        Add((byte)'"');
        while (EscapeIn(text) is >= 0 and var at)
        {
            Add(text.Slice(0, at));
            if (!TryAddEscaped(text[at]))
            {
                return false;
            }

            text = text.Slice(at + 1);
        }

        Add(text);
        Add((byte)'"');
        return true;
    }

    /// <summary>A JSON string out of a text in which every quote stands twice.</summary>
    public bool TryAddDoubledText(ReadOnlySpan<byte> text)
    {
        Add((byte)'"');
        while (EscapeIn(text) is >= 0 and var at)
        {
            Add(text.Slice(0, at));
            if (!TryAddEscaped(text[at]))
            {
                return false;
            }

            text = text.Slice(text[at] is (byte)'"' ? at + 2 : at + 1);
        }

        Add(text);
        Add((byte)'"');
        return true;
    }

    private static int EscapeIn(ReadOnlySpan<byte> text) => JsonEscapes.IndexIn(text);

    private bool TryAddEscaped(byte value) => value switch
    {
        (byte)'"' => Add("\\\""u8),
        (byte)'\\' => Add("\\\\"u8),
        (byte)'\n' => Add("\\n"u8),
        (byte)'\r' => Add("\\r"u8),
        (byte)'\t' => Add("\\t"u8),
        _ => false,
    };

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }
}
