namespace Sixtyfour.Bulk;

/// <summary>How the rows of an input are written.</summary>
internal enum InputFormat
{
    /// <summary>A header, then a record a row.</summary>
    Csv,

    /// <summary>One array of objects.</summary>
    Json,

    /// <summary>An object a line.</summary>
    JsonLines,
}

/// <summary>The file types the service takes (vendor's bulk page), by their endings.</summary>
internal static class InputFormats
{
    public static InputFormat OfName(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".csv" => InputFormat.Csv,
        ".json" => InputFormat.Json,
        ".jsonl" or ".ndjson" => InputFormat.JsonLines,
        var other => throw new ArgumentException(
            $"The bulk file ends in '{other}': the service takes .csv, .json, .jsonl and .ndjson.", nameof(fileName)),
    };

    public static string ContentType(this InputFormat format) => format switch
    {
        InputFormat.Csv => "text/csv",
        InputFormat.Json => "application/json",
        _ => "application/x-ndjson",
    };

    public static RecordScanner Scanner(this InputFormat format) => format switch
    {
        InputFormat.Csv => new CsvRecordScanner(),
        InputFormat.Json => new JsonRecordScanner(),
        _ => new LineScanner(),
    };
}
