using System.Globalization;
using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>Reads a file row by row; its members are about the current row.</summary>
internal abstract class RowReader(RowBuffer buffer) : IDisposable
{
    public FileLabel File => Buffer.File;

    /// <summary>Where the row begins in the file.</summary>
    public long Offset => Buffer.Offset;

    /// <summary>Leaves the row id out of the rows: a run added it, so it is not a column of the user's.</summary>
    public bool HidesRowId { get; set; }

    protected RowBuffer Buffer { get; } = buffer;

    /// <summary>How many rows were read, for errors.</summary>
    protected long RowsRead { get; set; }

    /// <summary>Moves to the next row.</summary>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes the row at that offset the next one.</summary>
    public abstract void MoveTo(long offset);

    /// <summary>The row in a form that can be stored.</summary>
    public abstract RowValues Values();

    /// <summary>Whether the file has a column for row ids, even if rows have none.</summary>
    public virtual bool HasRowIdColumn => false;

    /// <summary>The name of the column that was read as row ids, where that is another spelling; it may be a column of the user's own.</summary>
    public string? RespelledRowId { get; protected set; }

    /// <summary>The row id: the position of the row in the whole input.</summary>
    /// <exception cref="InvalidResponseException">There is more than one.</exception>
    public abstract bool TryGetRowId(out long id);

    public void Dispose() => Buffer.Dispose();

    protected InvalidResponseException ManyRowIds(IEnumerable<string> columns) =>
        File.Invalid($"the rows cannot be joined to the input, as any of these columns may hold their {RowId.Column}: '{string.Join("', '", columns)}'");

    protected InvalidResponseException Invalid(string problem, Exception? inner = null) =>
        File.Invalid(
            $"row {RowsRead + 1}, from byte {Offset} on: {problem}. {nameof(ResultFile)}.{nameof(ResultFile.OpenReadAsync)} returns the file as it is.", inner);

    /// <summary>Opens a file of rows in any format.</summary>
    /// <param name="stream">The file; disposed with the reader, also when it cannot be opened.</param>
    /// <param name="file">For errors.</param>
    /// <param name="format">The format by name or media type; null: the first character decides.</param>
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
                throw file.Invalid($"the file {problem}. {nameof(ResultFile)}.{nameof(ResultFile.OpenReadAsync)} returns it as it is");
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
    /// <summary>The name of its column.</summary>
    public const string Column = "row_id";

    private static readonly string Folded = NameCase.Fold(Column);

    public static bool IsRespelled(string column) => NameCase.Fold(column) == Folded;

    /// <summary>Reads a row id in any form it comes back in: a number, a text, a number with a fraction of zero.</summary>
    public static bool TryRead(string text, out long id) => TryRead(JsonText.OfText(text), out id);

    /// <inheritdoc cref="TryRead(string, out long)"/>
    public static bool TryRead(JsonElement value, out long id)
    {
        id = 0;
        return NumberReading.TryReadInteger(value, out var digits)
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id);
    }
}

/// <summary>The values of one row, read on demand.</summary>
internal abstract class RowValues
{
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Finds a value by name, also when only the case or the word separators differ.</summary>
    public abstract bool TryFind(string column, out FoundMember found);

    /// <summary>Whether one of these columns has a value.</summary>
    public bool HasAny(IReadOnlyList<string> columns) => columns.Any(name => TryFind(name, out var found) && !new FieldValue(name, found.Value).IsMissing);

    /// <summary>The row as a JSON object to cast.</summary>
    /// <param name="plan">The type to read it as.</param>
    public abstract JsonElement ToJson(TypePlan plan);
}
