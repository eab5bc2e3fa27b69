using System.Text.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>An uploaded file as rows, each a JSON object; a CSV row has texts as members.</summary>
internal abstract class RowFile(SpooledFile file) : IDisposable
{
    /// <summary>The names of the columns in the order of the file; complete once all rows were read.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    protected SpooledFile File => file;

    /// <summary>Null when the name ends in none of the four file types.</summary>
    public static RowFile? Of(string fileName, SpooledFile file) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".CSV" => new CsvRowFile(file),
        ".JSON" => new JsonRowFile(file, isArray: true),
        ".JSONL" or ".NDJSON" => new JsonRowFile(file, isArray: false),
        _ => null,
    };

    public void Dispose() => file.Dispose();

    /// <exception cref="InvalidDataException">The file is not what its name says.</exception>
    public abstract IAsyncEnumerable<JsonElement> ReadAsync(CancellationToken cancellationToken);
}
