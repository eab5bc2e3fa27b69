namespace Sixtyfour;

/// <summary>Finds what a JSON string has to escape; this target has no search for so many values, so byte by byte.</summary>
internal static class JsonEscapes
{
    public static int IndexIn(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < (byte)' ' or (byte)'"' or (byte)'\\')
            {
                return i;
            }
        }

        return -1;
    }
}
