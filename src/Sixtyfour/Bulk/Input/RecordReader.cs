namespace Sixtyfour.Bulk;

/// <summary>Gives the records of an input one by one: of a CSV file the header first.</summary>
internal abstract class RecordReader : IAsyncDisposable
{
    /// <summary>Without what separates records; valid until the next one is asked for.</summary>
    public ReadOnlyMemory<byte> Current { get; protected set; }

    /// <summary>What has been read of the input so far.</summary>
    public abstract long BytesRead { get; }

    public abstract ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
