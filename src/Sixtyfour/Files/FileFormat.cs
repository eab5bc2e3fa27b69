namespace Sixtyfour.Files;

/// <summary>How the rows of a file are written.</summary>
internal enum FileFormat
{
    /// <summary>RFC 4180: a header that names the columns, then a record a row.</summary>
    Csv,

    /// <summary>One array of objects.</summary>
    Json,

    /// <summary>An object a line.</summary>
    JsonLines,
}

/// <summary>The file types of the service (vendor's bulk page), by their endings.</summary>
internal static class FileFormats
{
    /// <summary>The format of a file to send.</summary>
    public static FileFormat OfName(string fileName) => ByExtension(fileName) ?? throw new ArgumentException(
        $"The bulk file ends in '{Path.GetExtension(fileName)}': the service takes .csv, .json, .jsonl and .ndjson.", nameof(fileName));

    /// <summary>The format of a file that came: by its name, else by its media type; null when neither says.</summary>
    public static FileFormat? Of(string fileName, string? mediaType) => ByExtension(fileName) ?? OfMediaType(mediaType ?? "");

    public static string ContentType(this FileFormat format) => format switch
    {
        FileFormat.Csv => "text/csv",
        FileFormat.Json => "application/json",
        _ => "application/x-ndjson",
    };

    public static RecordScanner Scanner(this FileFormat format) => format switch
    {
        FileFormat.Csv => new CsvRecordScanner(),
        FileFormat.Json => new JsonRecordScanner(),
        _ => new LineScanner(),
    };

    private static FileFormat? ByExtension(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".csv" => FileFormat.Csv,
        ".json" => FileFormat.Json,
        ".jsonl" or ".ndjson" => FileFormat.JsonLines,
        _ => null,
    };

    private static FileFormat? OfMediaType(string mediaType) =>
        mediaType.Contains("csv", StringComparison.OrdinalIgnoreCase) ? FileFormat.Csv
        : mediaType.Contains("json", StringComparison.OrdinalIgnoreCase) ? FileFormat.JsonLines
        : null;
}

/// <summary>What the first bytes of a file say about it.</summary>
internal static class FileStart
{
    /// <summary>So many bytes are enough, where the file has them.</summary>
    public const int Length = 256;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Utf16Mark => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> Utf16BigEndianMark => [0xFE, 0xFF];

    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> ZipMark => [(byte)'P', (byte)'K', 3, 4];

    /// <summary>How many bytes to skip: those of the byte order mark, if there is one.</summary>
    public static int MarkLength(ReadOnlySpan<byte> start) => start.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;

    /// <summary>Why these cannot be the first bytes of a file of rows; null when they can.</summary>
    public static string? Problem(ReadOnlySpan<byte> start) =>
        start.StartsWith(GzipMark) || start.StartsWith(ZipMark) ? "is compressed (gzip, zip or a workbook of Excel): unpack it, or save it as CSV in UTF-8"
        : start.StartsWith(Utf16Mark) || start.StartsWith(Utf16BigEndianMark) ? "is UTF-16: save it as UTF-8"
        : null;

    /// <summary>Why these cannot be the first bytes of a file to send; null when they can.</summary>
    public static string? InputProblem(ReadOnlySpan<byte> start) => Problem(start)
        ?? (ResemblesUtf16(start) ? "has zero bytes where UTF-16 without a byte order mark has them: save it as UTF-8" : null);

    // Most characters of a header are of one byte in UTF-8, and have a zero beside it in UTF-16: always on the same side.
    private static bool ResemblesUtf16(ReadOnlySpan<byte> start)
    {
        Span<int> zeros = stackalloc int[2];
        for (var i = 0; i < start.Length && i < Length; i++)
        {
            zeros[i & 1] += start[i] is 0 ? 1 : 0;
        }

        return Math.Max(zeros[0], zeros[1]) * 4 >= Math.Max(4, Math.Min(start.Length, Length)) && Math.Min(zeros[0], zeros[1]) is 0;
    }

    /// <summary>The file is a web page, or the XML of an error.</summary>
    public static bool IsHtml(ReadOnlySpan<byte> start)
    {
        start = WhiteSpace.WithoutLeading(start.Slice(MarkLength(start)));
        return Begins(start, "<!doctype"u8) || Begins(start, "<html"u8) || Begins(start, "<?xml"u8) || Begins(start, "<!--"u8);
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
