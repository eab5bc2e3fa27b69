using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>Tells a file of rows from what proxies, sign-in pages and storage services send in its place with status 200.</summary>
internal static class ReceivedFile
{
    /// <summary>A larger file is not taken for an error in JSON.</summary>
    public const int MostErrorBytes = 4 * 1024;

    private const string Senders = "came in its place, such as a proxy, a sign-in page or a storage service sends";

    // A row has members of its input as well.
    private static readonly HashSet<string> ErrorMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        "error", "errors", "detail", "message", "code", "status", "status_code", "request_id",
    };

    /// <summary>What came in place of the file, or null.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="isWhole">Whether these are all.</param>
    /// <param name="format">The format by name.</param>
    /// <param name="mediaType">The media type of the response; null when it had none.</param>
    public static string? Problem(ReadOnlySpan<byte> start, bool isWhole, FileFormat? format, string? mediaType)
    {
        var text = WhiteSpace.WithoutLeading(start.Slice(FileStart.MarkLength(start)));
        return IsMarkup(mediaType) ? $"a page of type {mediaType} {Senders}"
            : BeginsAsMarkup(text) ? $"an HTML page or an XML error {Senders}"
            : format is FileFormat.Csv && BeginsAsJson(text, IsJson(mediaType)) ? "JSON came in place of CSV"
            : IsProblem(mediaType) || (isWhole && IsError(text)) ? $"an error in JSON {Senders}"
            : null;
    }

    private static bool IsMarkup(string? mediaType) => Ends(mediaType, "/html") || Ends(mediaType, "/xml") || Ends(mediaType, "+xml");

    private static bool IsJson(string? mediaType) => Ends(mediaType, "/json") || Ends(mediaType, "+json");

    private static bool IsProblem(string? mediaType) => Ends(mediaType, "/problem+json");

    private static bool Ends(string? mediaType, string ending) => mediaType?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) is true;

    // Not every "<": it may begin the name of a column.
    private static bool BeginsAsMarkup(ReadOnlySpan<byte> text) =>
        Begins(text, "<!doctype"u8) || Begins(text, "<html"u8) || Begins(text, "<head>"u8) || Begins(text, "<body"u8)
        || Begins(text, "<?xml"u8) || Begins(text, "<!--"u8) || Begins(text, "<error>"u8);

    // A bracket may begin the name of a column; a quote behind it would not be CSV.
    private static bool BeginsAsJson(ReadOnlySpan<byte> text, bool isSaidToBe)
    {
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        var next = WhiteSpace.WithoutLeading(text.Slice(1));
        return isSaidToBe || (!next.IsEmpty && next[0] == (text[0] is (byte)'{' ? (byte)'"' : (byte)'{'));
    }

    private static bool IsError(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not (byte)'{')
        {
            return false;
        }

        try
        {
            // More than one value is more than an error: that throws.
            var reader = new Utf8JsonReader(text);
            var root = JsonElement.ParseValue(ref reader);
            return !reader.Read()
                && (root.Member("error").ValueKind is not JsonValueKind.Undefined || root.Member("detail").ValueKind is not JsonValueKind.Undefined)
                && root.Members().All(member => ErrorMembers.Contains(member.Key));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCaseWord)
    {
        if (text.Length < lowerCaseWord.Length)
        {
            return false;
        }

        for (var i = 0; i < lowerCaseWord.Length; i++)
        {
            var character = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] + 32) : text[i];
            if (character != lowerCaseWord[i])
            {
                return false;
            }
        }

        return true;
    }
}
