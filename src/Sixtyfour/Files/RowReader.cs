using System.Globalization;
using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>Reads one row of a file after the other; what it tells is about the row that was read last.</summary>
internal abstract class RowReader(RowBuffer buffer) : IDisposable
{
    public FileLabel File => Buffer.File;

    /// <summary>Where the row begins in the file.</summary>
    public long Offset => Buffer.Offset;

    /// <summary>The row id that a run added is no column of the user's: from here on it is left out of the rows.</summary>
    public bool HidesRowId { get; set; }

    protected RowBuffer Buffer { get; } = buffer;

    /// <summary>How many rows were read, for an error.</summary>
    protected long RowsRead { get; set; }

    /// <summary>Goes on to the next row.</summary>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The next row is the one that begins there.</summary>
    public abstract void MoveTo(long offset);

    /// <summary>The row, as something that can be kept.</summary>
    public abstract RowValues Values();

    /// <summary>The file has a column for row ids, whether or not a row has one.</summary>
    public virtual bool HasRowIdColumn => false;

    /// <summary>The position in the whole input that the row carries.</summary>
    public abstract bool TryGetRowId(out long id);

    public void Dispose() => Buffer.Dispose();

    protected InvalidResponseException Invalid(string problem, Exception? inner = null) =>
        File.Invalid($"row {RowsRead + 1}, from byte {Offset} on: {problem}. {nameof(ResultFile)}.{nameof(ResultFile.OpenReadAsync)} gives the file as it is.", inner);

    /// <summary>Opens a file of rows in whichever format it is.</summary>
    /// <param name="stream">The file; disposed with the reader, also when it cannot be opened.</param>
    /// <param name="file">For an error.</param>
    /// <param name="format">What name and type of the file say; null lets its first character decide.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<RowReader> OpenAsync(Stream stream, FileLabel file, FileFormat? format, CancellationToken cancellationToken)
    {
        var buffer = new RowBuffer(stream, file);
        try
        {
            while (buffer.Rest.Length < FileStart.Length && !buffer.IsLast)
            {
                await buffer.MoreAsync(cancellationToken).ConfigureAwait(false);
            }

            if (FileStart.Problem(buffer.Rest) is { } problem)
            {
                throw file.Invalid($"the file {problem}. {nameof(ResultFile)}.{nameof(ResultFile.OpenReadAsync)} gives it as it is");
            }

            buffer.Skip(FileStart.MarkLength(buffer.Rest));
            return (format ?? Guess(buffer.Rest)) is FileFormat.Csv
                ? await CsvRowReader.OpenAsync(buffer, cancellationToken).ConfigureAwait(false)
                : await JsonRowReader.OpenAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static FileFormat Guess(ReadOnlySpan<byte> start)
    {
        var text = WhiteSpace.WithoutLeading(start);
        return text.Length > 0 && text[0] is (byte)'{' or (byte)'[' ? FileFormat.JsonLines : FileFormat.Csv;
    }
}

/// <summary>The position of a row in the whole input, which a run adds to each row.</summary>
internal static class RowId
{
    /// <summary>The column it stands in.</summary>
    public const string Column = "row_id";

    /// <summary>Reads one in whichever way it came back: a number, a text, a number with a fraction of zero.</summary>
    public static bool TryRead(string text, out long id) => TryRead(JsonText.OfText(text), out id);

    /// <inheritdoc cref="TryRead(string, out long)"/>
    public static bool TryRead(System.Text.Json.JsonElement value, out long id)
    {
        id = 0;
        return NumberReading.TryReadInteger(value, out var digits) && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id);
    }
}

/// <summary>The values of one row, read when somebody asks for them.</summary>
internal abstract class RowValues
{
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Finds a value by its name, also by one whose case drifted.</summary>
    public abstract bool TryFind(string column, out FoundMember found);

    /// <summary>Whether one of these columns has a value.</summary>
    public bool HasAny(IReadOnlyList<string> columns) => columns.Any(name => TryFind(name, out var found) && !new FieldValue(name, found.Value).IsMissing);

    /// <summary>The row as the JSON object that the casting of answers reads.</summary>
    /// <param name="plan">What it is to be read as.</param>
    public abstract JsonElement ToJson(TypePlan plan);
}
