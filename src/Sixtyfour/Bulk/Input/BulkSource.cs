using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Where the rows of a bulk file come from.</summary>
internal abstract class BulkSource(string fileName, InputFormat format)
{
    /// <summary>What the service is told the file is called; never a folder.</summary>
    public string FileName { get; } = fileName;

    public InputFormat Format { get; } = format;

    /// <summary>Lies ready, so that reading it once more before anything is sent costs little and changes nothing.</summary>
    public abstract bool CanBeReadAhead { get; }

    /// <summary>The records from the beginning, for whoever reads them once.</summary>
    public abstract RecordReader Read(JsonContracts contracts, CancellationToken cancellationToken);

    /// <summary>The records from the beginning, for whoever only counts them.</summary>
    public virtual Task<RecordReader> ReadAheadAsync(JsonContracts contracts, CancellationToken cancellationToken) =>
        Task.FromResult(Read(contracts, cancellationToken));

    /// <summary>The whole as one file, within the limits.</summary>
    public abstract Task<PreparedFile> PrepareAsync(JsonContracts contracts, BulkLimits limits, CancellationToken cancellationToken);

    public static ArgumentException Empty() => new("The bulk file holds no row: there is nothing to research.");
}
