using System.Buffers;

namespace Sixtyfour;

/// <summary>Finds what a JSON string has to escape, many bytes at a time.</summary>
internal static class JsonEscapes
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    public static int IndexIn(ReadOnlySpan<byte> text) => text.IndexOfAny(Escaped);
}
