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
