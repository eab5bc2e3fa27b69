namespace Sixtyfour.Bulk;

/// <summary>Reads one row of a file after the other; what it tells is about the row that was read last.</summary>
internal abstract class RowReader(RowBuffer buffer) : IDisposable
{
    public RowFile File => Buffer.File;

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

    /// <summary>The position in the whole input that the row carries.</summary>
    public abstract bool TryGetRowId(out long id);

    public void Dispose() => Buffer.Dispose();

    protected InvalidResponseException Invalid(string problem, Exception? inner = null) =>
        File.Invalid($"row {RowsRead + 1}, from byte {Offset} on: {problem}. {nameof(BulkResult.OpenReadAsync)} gives the file as it is.", inner);
}
