using System.Text;
using System.Text.RegularExpressions;

namespace Sixtyfour.Http;

/// <summary>A body as text for an exception: bounded, without the key, and never failing on bytes that are not text.</summary>
internal static class BodyText
{
    public const int MostBytes = 64 * 1024;

    /// <summary>Null for an empty body. A service that repeats the key in its answer must not put it into a log.</summary>
    public static string? Read(ReadOnlySpan<byte> body, string key) => body.IsEmpty ? null : MaskKey(Decode(body), key);

    public static string Decode(ReadOnlySpan<byte> body)
    {
        var kept = body.Length > MostBytes ? body.Slice(0, MostBytes) : body;
        return Encoding.UTF8.GetString(kept.ToArray());
    }

    public static string Cut(string text) => text.Length > MostBytes ? text.Substring(0, MostBytes) : text;

    public static string MaskKey(string text, string key) => key.Length is 0 ? text : text.Replace(key, "[key]");
}

/// <summary>Masks what must not get into a message in a text of the service or the network, which often repeats what was sent.</summary>
internal static class PersonalData
{
    private static readonly Regex Credentials = new(@"(?<=://)[^/\s@]+@", RegexOptions.CultureInvariant);
    private static readonly Regex Query = new(@"(?<=[\w/])\?[^\s""'<>?]*=[^\s""'<>]*", RegexOptions.CultureInvariant);
    private static readonly Regex Email = new(@"[\w.%+\-']+@[\w.\-]+", RegexOptions.CultureInvariant);
    private static readonly Regex Phone = new(@"(?<![\w\-.])[+(]?\d[\d ()./\-]{5,24}\d(?![\w\-])", RegexOptions.CultureInvariant);
    private static readonly Regex Date = new(@"^\d{4}-\d\d-\d\d", RegexOptions.CultureInvariant);

    public static string Mask(string text) => Phone.Replace(Email.Replace(Query.Replace(MaskCredentials(text), "?[query]"), "[e-mail]"), MaskPhone);

    /// <summary>Masks credentials in addresses, such as those of a proxy.</summary>
    public static string MaskCredentials(string text) => Credentials.Replace(text, "[credentials]@");

    // Long numbers without a plus or a separator are more likely counts and ids than phone numbers, and dates have separators as well.
    private static string MaskPhone(Match match)
    {
        var digits = match.Value.Count(char.IsDigit);
        var isMarked = match.Value[0] is '+' or '(';
        var isGrouped = match.Value.Any(c => c is ' ' or '-' or '/' or '.');
        return digits <= 15 && digits >= (isMarked ? 7 : isGrouped ? 9 : 10) && !Date.IsMatch(match.Value) ? "[phone]" : match.Value;
    }
}
