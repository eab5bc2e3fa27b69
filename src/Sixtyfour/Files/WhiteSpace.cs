namespace Sixtyfour.Files;

/// <summary>The white space of JSON.</summary>
internal static class WhiteSpace
{
    public static ReadOnlySpan<byte> WithoutLeading(ReadOnlySpan<byte> text)
    {
        var begin = 0;
        while (begin < text.Length && Is(text[begin]))
        {
            begin++;
        }

        return text.Slice(begin);
    }

    public static ReadOnlySpan<byte> WithoutTrailing(ReadOnlySpan<byte> text)
    {
        var end = text.Length;
        while (end > 0 && Is(text[end - 1]))
        {
            end--;
        }

        return text.Slice(0, end);
    }

    /// <summary>Puts a JSON value on one line: line ends in JSON are white space, never part of a text.</summary>
    public static void ToOneLine(Span<byte> json)
    {
        for (var at = json.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = json.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            json[at] = (byte)' ';
            json = json.Slice(at + 1);
        }
    }

    private static bool Is(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
