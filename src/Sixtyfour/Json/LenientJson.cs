using System.Text;
using System.Text.Unicode;

namespace Sixtyfour.Json;

/// <summary>
/// Makes valid JSON of almost valid JSON: an answer is paid for, and one invalid value must not make the rest unreadable. Such a value stays visible as text.
/// </summary>
internal static class LenientJson
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// Removes a byte order mark, replaces bytes and escapes that are not Unicode with U+FFFD, and turns the values NaN, Infinity and -Infinity, which Python
    /// writes and JSON does not have, into the texts <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>.
    /// </summary>
    public static ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith(ByteOrderMark) ? json.Slice(ByteOrderMark.Length) : json;
        if (!Utf8.IsValid(json))
        {
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.ToArray()));
        }

        json = json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0 ? ReplaceLoneSurrogates(json) : json;
        return json.IndexOf("NaN"u8) >= 0 || json.IndexOf("Infinity"u8) >= 0 ? QuoteNonFinite(json) : json;
    }

    private static ReadOnlySpan<byte> ReplaceLoneSurrogates(ReadOnlySpan<byte> json)
    {
        byte[]? replaced = null;
        var at = 0;
        while (json.Slice(at).IndexOf((byte)'\\') is >= 0 and var next)
        {
            at += next;
            var escape = json.Slice(at);
            var isPair = IsHighSurrogate(escape) && IsLowSurrogate(escape.Slice(6));
            if (!isPair && (IsHighSurrogate(escape) || IsLowSurrogate(escape)))
            {
                "fffd"u8.CopyTo((replaced ??= json.ToArray()).AsSpan(at + 2));
            }

            at = Math.Min(at + (isPair ? 12 : 2), json.Length);
        }

        return replaced ?? json;
    }

    private static bool IsHighSurrogate(ReadOnlySpan<byte> escape) =>
        IsSurrogate(escape) && (escape[3] is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'A' or (byte)'b' or (byte)'B');

    private static bool IsLowSurrogate(ReadOnlySpan<byte> escape) =>
        IsSurrogate(escape) && (escape[3] is (>= (byte)'c' and <= (byte)'f') or (>= (byte)'C' and <= (byte)'F'));

    private static bool IsSurrogate(ReadOnlySpan<byte> escape) =>
        escape.Length >= 6 && escape[0] is (byte)'\\' && escape[1] is (byte)'u' && (escape[2] is (byte)'d' or (byte)'D');

    private static ReadOnlySpan<byte> QuoteNonFinite(ReadOnlySpan<byte> json)
    {
        var quoted = new ByteBuffer(json.Length + 16);
        var (copied, last) = (0, (byte)0);
        for (var at = 0; at < json.Length;)
        {
            var length = json[at] is (byte)'"' ? TextLength(json.Slice(at)) : 1;
            if (last is (byte)':' or (byte)',' or (byte)'[' && NonFiniteLength(json.Slice(at)) is > 0 and var token)
            {
                length = token;
                quoted.Append(json.Slice(copied, at - copied));
                quoted.Append("\""u8);
                quoted.Append(json.Slice(at, length));
                quoted.Append("\""u8);
                copied = at + length;
            }

            last = IsSpace(json[at]) ? last : json[at];
            at += length;
        }

        quoted.Append(json.Slice(copied));
        return quoted.Written.Span;
    }

    // Including its quotes. A string without an end extends to the end of the input: the parser reports it.
    private static int TextLength(ReadOnlySpan<byte> json)
    {
        for (var at = 1; at < json.Length; at++)
        {
            if (json[at] is (byte)'"')
            {
                return at + 1;
            }

            at += json[at] is (byte)'\\' ? 1 : 0;
        }

        return json.Length;
    }

    // Only where the value ends after it: the name of a member is followed by a colon.
    private static int NonFiniteLength(ReadOnlySpan<byte> json)
    {
        var length = json.StartsWith("NaN"u8) ? 3 : json.StartsWith("Infinity"u8) ? 8 : json.StartsWith("-Infinity"u8) ? 9 : 0;
        var next = length;
        while (next < json.Length && IsSpace(json[next]))
        {
            next++;
        }

        return next < json.Length && json[next] is (byte)',' or (byte)']' or (byte)'}' ? length : 0;
    }

    private static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
