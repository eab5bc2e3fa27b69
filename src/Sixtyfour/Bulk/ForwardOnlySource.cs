using System.Diagnostics.CodeAnalysis;
using Sixtyfour.Files;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

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
