using System.Diagnostics.CodeAnalysis;
using Sixtyfour.Files;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Where the rows of a bulk file come from.</summary>
internal abstract class BulkSource(string fileName, FileFormat format)
{
    /// <summary>The file name that the service gets; never a folder.</summary>
    public string FileName { get; } = fileName;

    public FileFormat Format { get; } = format;

    /// <summary>Whether it can be read once more before anything is sent, at little cost and with the same rows.</summary>
    public abstract bool CanBeReadAhead { get; }

    /// <summary>The records from the beginning, for a single pass.</summary>
    public abstract RecordReader Read(JsonContracts contracts, CancellationToken cancellationToken);

    /// <summary>The records from the beginning, for counting them.</summary>
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
                // What was read is what counts: the file may have grown since its length was taken.
                _ when records.BytesRead > limits.MaxBytes => throw limits.TooLarge(records.BytesRead),
                _ => new PreparedFile(FileName, Format, OpenAgain) { Length = records.BytesRead, Rows = rows, Sha256 = Files.Sha256.Text(hash) },
            };
        }
    }

    /// <summary>Opens it at its beginning; of a forward-only stream this works once.</summary>
    protected abstract ByteReader Open();

    /// <summary>Opens it at its beginning, once it is ready for that.</summary>
    protected virtual ByteReader OpenAgain() => Open();

    /// <summary>Makes it readable any number of times.</summary>
    /// <param name="limits">Preparation stops beyond these; null for no bound.</param>
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

/// <summary>A file on disk. It is not locked against writing; a change shows when the file is sent.</summary>
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
        ? new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan)
        : throw new FileNotFoundException($"The file '{path}' does not exist.", path);
}

/// <summary>A seekable stream of the application, from its position to its end. The application disposes it.</summary>
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

/// <summary>One file as it will be sent: counted, and readable any number of times.</summary>
internal sealed class PreparedFile(string fileName, FileFormat format, Func<ByteReader> open, IDisposable? owned = null) : IDisposable
{
    public string FileName { get; } = fileName;

    public string ContentType { get; } = format.ContentType();

    public required long Length { get; init; }

    /// <summary>Without a header.</summary>
    public required long Rows { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Opens it at its beginning; each reader has its own position.</summary>
    public ByteReader OpenRead() => open();

    public void Dispose() => owned?.Dispose();
}

/// <summary>
/// A stream of the application that can be read only once. A call that needs it more than once writes it to a temporary file first, which lives as long as
/// this object; a run reads it directly.
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
        new("The stream of the bulk file can be read only once, and it has been read: use a seekable stream, or create the bulk file again.");

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
