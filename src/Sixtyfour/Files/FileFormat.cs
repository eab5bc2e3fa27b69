namespace Sixtyfour.Files;

/// <summary>The format of a file of rows.</summary>
internal enum FileFormat
{
    /// <summary>RFC 4180: a header that names the columns, then one record for each row.</summary>
    Csv,

    /// <summary>One array of objects.</summary>
    Json,

    /// <summary>One object on each line.</summary>
    JsonLines,
}

/// <summary>The file types of the service (vendor's bulk page), by extension.</summary>
internal static class FileFormats
{
    /// <summary>The format of a file to send.</summary>
    public static FileFormat OfName(string fileName) => ByExtension(fileName) ?? throw new ArgumentException(
        $"The bulk file ends in '{Path.GetExtension(fileName)}': the service takes .csv, .json, .jsonl and .ndjson.", nameof(fileName));

    /// <summary>The format of a received file: by its name, else by its media type; null when neither tells.</summary>
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

/// <summary>What the first bytes of a file tell about it.</summary>
internal static class FileStart
{
    /// <summary>How many bytes to look at, where the file has them.</summary>
    public const int Length = 256;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Utf16Mark => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> Utf16BigEndianMark => [0xFE, 0xFF];

    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> ZipMark => [(byte)'P', (byte)'K', 3, 4];

    /// <summary>The length of the byte order mark; 0 without one.</summary>
    public static int MarkLength(ReadOnlySpan<byte> start) => start.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;

    /// <summary>Why this is not a file of rows, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> start) =>
        start.StartsWith(GzipMark) || start.StartsWith(ZipMark) ? "is compressed (gzip, zip or an Excel workbook): decompress it, or save it as CSV in UTF-8"
        : start.StartsWith(Utf16Mark) || start.StartsWith(Utf16BigEndianMark) ? "is UTF-16: save it as UTF-8"
        : null;

    /// <summary>Why this is not a file of rows to send, or null.</summary>
    public static string? InputProblem(ReadOnlySpan<byte> start) => Problem(start)
        ?? (ResemblesUtf16(start) ? "looks like UTF-16 without a byte order mark: save it as UTF-8" : null);

    // Most characters of a header are one byte in UTF-8, and that byte and a zero in UTF-16: the zero always on the same side.
    private static bool ResemblesUtf16(ReadOnlySpan<byte> start)
    {
        Span<int> zeros = stackalloc int[2];
        for (var i = 0; i < start.Length && i < Length; i++)
        {
            zeros[i & 1] += start[i] is 0 ? 1 : 0;
        }

        return Math.Max(zeros[0], zeros[1]) * 4 >= Math.Max(4, Math.Min(start.Length, Length)) && Math.Min(zeros[0], zeros[1]) is 0;
    }
}
