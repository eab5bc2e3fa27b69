namespace Sixtyfour.Bulk;

/// <summary>The white space of JSON. One spelling for every target.</summary>
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

    private static bool Is(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
