namespace Sixtyfour.Bulk;

/// <summary>How the rows of a file are written.</summary>
internal enum BulkFormat
{
    /// <summary>RFC 4180, the first record names the columns.</summary>
    Csv,

    /// <summary>JSON objects, a line each or in one array.</summary>
    Json,
}

/// <summary>Tells the format of a file by its name, else by its media type.</summary>
internal static class BulkFormats
{
    public static BulkFormat? Of(string fileName, string? mediaType) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".csv" => BulkFormat.Csv,
        ".json" or ".jsonl" or ".ndjson" => BulkFormat.Json,
        _ => OfMediaType(mediaType ?? ""),
    };

    private static BulkFormat? OfMediaType(string mediaType) =>
        mediaType.Contains("csv", StringComparison.OrdinalIgnoreCase) ? BulkFormat.Csv
        : mediaType.Contains("json", StringComparison.OrdinalIgnoreCase) ? BulkFormat.Json
        : null;
}
