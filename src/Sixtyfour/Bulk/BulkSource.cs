using System.Diagnostics.CodeAnalysis;
using Sixtyfour.Files;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Where the rows of a bulk file come from.</summary>
internal abstract class BulkSource(string fileName, FileFormat format)
{
    /// <summary>What the service is told the file is called; never a folder.</summary>
    public string FileName { get; } = fileName;

    public FileFormat Format { get; } = format;

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

/// <summary>Bytes that are there already, in one of the file types; sent just as they are.</summary>
internal abstract class StreamSource(string fileName) : BulkSource(fileName, FileFormats.OfName(fileName))
{
    public override RecordReader Read(JsonContracts contracts, CancellationToken cancellationToken) =>
        new StreamRecords(Open(), Format);

    public override async Task<PreparedFile> PrepareAsync(JsonContracts contracts, BulkLimits limits, CancellationToken cancellationToken)
    {
        var length = await MakeReadyAsync(limits, cancellationToken).ConfigureAwait(false);
        if (length > limits.MaxBytes)
        {
            throw limits.TooLarge(length);
        }

        using var hash = Files.Sha256.Begin();
        var records = new StreamRecords(OpenAgain(), Format, hash);
        await using (records.ConfigureAwait(false))
        {
            var rows = await CountAsync(records, cancellationToken).ConfigureAwait(false);
            return rows switch
            {
                0 => throw Empty(),
                _ when rows > limits.MaxRows => throw limits.TooManyRows(rows),
                // What was read is what counts: the file may have grown since it was looked at.
                _ when records.BytesRead > limits.MaxBytes => throw limits.TooLarge(records.BytesRead),
                _ => new PreparedFile(FileName, Format, OpenAgain) { Length = records.BytesRead, Rows = rows, Sha256 = Files.Sha256.Text(hash) },
            };
        }
    }

    /// <summary>Opens it at its beginning, for the only time or not.</summary>
    protected abstract ByteReader Open();

    /// <summary>Opens it at its beginning, once it is ready for that.</summary>
    protected virtual ByteReader OpenAgain() => Open();

    /// <summary>Makes it readable as often as it has to be.</summary>
    /// <param name="limits">Beyond these nothing needs to be made ready; null for no bound.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many bytes it has, as far as that is known without reading it.</returns>
    protected abstract Task<long> MakeReadyAsync(BulkLimits? limits, CancellationToken cancellationToken);

    private async ValueTask<long> CountAsync(StreamRecords records, CancellationToken cancellationToken)
    {
        var count = 0L;
        while (await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            count++;
            Check(records);
        }

        return Format is FileFormat.Csv && count > 0 ? count - 1 : count;
    }

    // The values of CSV are checked as they are scanned.
    private void Check(StreamRecords records)
    {
        try
        {
            if (Format is not FileFormat.Csv)
            {
                JsonRow.Check(records.Current.Span);
            }
        }
        catch (BrokenRecordException e)
        {
            throw records.Refused(e);
        }
    }
}

/// <summary>A file on disk. Nobody is kept from writing to it; that it has not changed shows when it is sent.</summary>
internal sealed class PathSource(string path) : StreamSource(Path.GetFileName(path))
{
    public override bool CanBeReadAhead => true;

    protected override ByteReader Open() => ByteReader.Of(OpenFile(), isOwned: true);

    protected override Task<long> MakeReadyAsync(BulkLimits? limits, CancellationToken cancellationToken)
    {
        using var file = OpenFile();
        return Task.FromResult(file.Length);
    }

    private FileStream OpenFile() => File.Exists(path)
        ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan)
        : throw new FileNotFoundException($"There is no file '{path}' to send.", path);
}

/// <summary>A stream of the application that can be sought in: from where it stood to its end. It stays the application's to dispose.</summary>
internal sealed class SeekableSource : StreamSource
{
    private readonly Stream _stream;
    private readonly long _begin;
    private readonly SharedStream _readers;

    public SeekableSource(Stream stream, string fileName)
        : base(fileName)
    {
        _stream = stream;
        _begin = stream.Position;
        _readers = new SharedStream(stream, _begin);
    }

    public override bool CanBeReadAhead => true;

    protected override ByteReader Open() => _readers.OpenRead();

    protected override Task<long> MakeReadyAsync(BulkLimits? limits, CancellationToken cancellationToken) => Task.FromResult(_stream.Length - _begin);
}

/// <summary>One file as it will be sent: counted, and readable as often as it has to be.</summary>
internal sealed class PreparedFile(string fileName, FileFormat format, Func<ByteReader> open, IDisposable? owned = null) : IDisposable
{
    public string FileName { get; } = fileName;

    public string ContentType { get; } = format.ContentType();

    public required long Length { get; init; }

    /// <summary>A header not counted.</summary>
    public required long Rows { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Opens it at its beginning, with a place of its own.</summary>
    public ByteReader OpenRead() => open();

    public void Dispose() => owned?.Dispose();
}

/// <summary>
/// A stream of the application that can be read only once. Whoever needs it more than once has it written to a temporary file first, which lives as long as
/// this object; a run reads it straight.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The gate holds nothing but memory.")]
internal sealed class ForwardOnlySource(Stream stream, string fileName) : StreamSource(fileName)
{
    private const int BufferSize = 64 * 1024;
    private readonly SemaphoreSlim _gate = new(1);
    private SpoolFile? _spool;
    private bool _isSpent;

    public override bool CanBeReadAhead => Volatile.Read(ref _spool) is not null;

    public override async Task<RecordReader> ReadAheadAsync(JsonContracts contracts, CancellationToken cancellationToken)
    {
        await MakeReadyAsync(null, cancellationToken).ConfigureAwait(false);
        return Read(contracts, cancellationToken);
    }

    protected override ByteReader Open()
    {
        if (_spool is { } spool)
        {
            return spool.OpenRead();
        }

        _isSpent = _isSpent ? throw Spent() : true;
        return ByteReader.Of(stream, isOwned: false);
    }

    protected override ByteReader OpenAgain() => _spool!.OpenRead();

    protected override async Task<long> MakeReadyAsync(BulkLimits? limits, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _spool ??= await SpoolAsync(limits, cancellationToken).ConfigureAwait(false);
            return _spool.Length;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static InvalidOperationException Spent() =>
        new("The stream of the bulk file can be read only once, and that has been done: give a stream that can be sought in, or make the file anew.");

    private async Task<SpoolFile> SpoolAsync(BulkLimits? limits, CancellationToken cancellationToken)
    {
        _isSpent = _isSpent ? throw Spent() : true;
        var spool = new SpoolFile();
        try
        {
            var buffer = new byte[BufferSize];
            while (await stream.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                await spool.AppendAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (spool.Length > limits?.MaxBytes)
                {
                    throw limits.TooLarge(spool.Length, "at least ");
                }
            }

            await spool.FinishAsync(cancellationToken).ConfigureAwait(false);
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }
}
