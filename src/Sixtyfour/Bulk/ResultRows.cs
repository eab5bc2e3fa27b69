using System.Runtime.CompilerServices;
using Sixtyfour.Files;

namespace Sixtyfour.Bulk;

/// <summary>The rows of a result and the file they make.</summary>
internal abstract class ResultRows : IDisposable
{
    /// <param name="rows">Makes the caller's rows, once the reader knows its columns.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public abstract IAsyncEnumerable<TRow> ReadAsync<TRow>(Func<RowReader, IRowMaker<TRow>> rows, CancellationToken cancellationToken);

    public abstract Task<Stream> OpenAsync(CancellationToken cancellationToken);

    public abstract Task CopyToAsync(Stream target, CancellationToken cancellationToken);

    public abstract void Dispose();

    protected static async Task CopyAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        using (source)
        {
            await source.CopyToAsync(target, 128 * 1024, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>The rows of one job: those of its output, in the order of the file.</summary>
internal sealed class JobRows(JobFiles job) : ResultRows
{
    private volatile bool _isChecked;

    public override async IAsyncEnumerable<TRow> ReadAsync<TRow>(
        Func<RowReader, IRowMaker<TRow>> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = await job.ReadOutputAsync(cancellationToken).ConfigureAwait(false);
        var maker = rows(reader);
        var count = 0L;
        while (true)
        {
            // Not a separate method: the call would cost more than reading a short row.
            try
            {
                if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    break;
                }
            }
            catch (InvalidResponseException)
            {
                await job.ForgetDoubtfulAsync(cancellationToken).ConfigureAwait(false);
                throw;
            }

            yield return maker.Make(count++);
        }

        await job.CheckCountAsync(count, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken).ConfigureAwait(false);
        return await job.OpenOutputAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task CopyToAsync(Stream target, CancellationToken cancellationToken) =>
        await CopyAsync(await OpenAsync(cancellationToken).ConfigureAwait(false), target, cancellationToken).ConfigureAwait(false);

    public override void Dispose() => job.Dispose();

    // What cannot be read as rows must not be saved as a result.
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!_isChecked)
        {
            await foreach (var _ in ReadAsync(_ => new Uncounted(), cancellationToken).ConfigureAwait(false))
            {
                // Each row is checked as it is read.
            }

            _isChecked = true;
        }
    }

    private sealed class Uncounted : IRowMaker<long>
    {
        public long Make(long index) => index;
    }
}

/// <summary>The rows of a run: those of its jobs one after the other, each in input order.</summary>
internal sealed class RunRows(IReadOnlyList<RunPart> parts) : ResultRows
{
    private readonly SemaphoreSlim _gate = new(1);
    private TemporaryFile? _whole;
    private volatile bool _isDisposed;

    public override async IAsyncEnumerable<TRow> ReadAsync<TRow>(
        Func<RowReader, IRowMaker<TRow>> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            using var ordered = await part.ReadAsync(cancellationToken).ConfigureAwait(false);
            var maker = rows(ordered.Reader);
            while (await ordered.NextAsync(cancellationToken).ConfigureAwait(false) is { } index)
            {
                yield return maker.Make(index);
            }
        }
    }

    public override async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _whole ??= await JoinAsync(cancellationToken).ConfigureAwait(false);
            return _whole.OpenRead();
        }
        finally
        {
            _gate.Release();
            Sweep();
        }
    }

    public override Task CopyToAsync(Stream target, CancellationToken cancellationToken) => JoinedFileWriter.WriteAsync(parts, target, cancellationToken);

    public override void Dispose()
    {
        foreach (var part in parts)
        {
            part.Job.Dispose();
        }

        _isDisposed = true;
        Sweep();
    }

    // The caller that joins the files writes into it, so it is dropped when that caller is done.
    private void Sweep()
    {
        if (_isDisposed && _gate.Wait(0))
        {
            _whole?.Dispose();
            _whole = null;
            _gate.Release();
        }
    }

    private async Task<TemporaryFile> JoinAsync(CancellationToken cancellationToken)
    {
        var file = new TemporaryFile();
        try
        {
            await JoinedFileWriter.WriteAsync(parts, file.Content, cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}

/// <summary>The files of one job of a run, and the rows of the whole input that it was given.</summary>
internal sealed record RunPart(JobFiles Job, long FirstRow, long RowCount)
{
    /// <summary>Its rows in the order of the file.</summary>
    public async Task<RowReader> OpenAsync(CancellationToken cancellationToken)
    {
        var reader = await Job.ReadOutputAsync(cancellationToken).ConfigureAwait(false);
        // Also when it came back empty: it is not one of the user's columns.
        reader.HidesRowId = true;
        return reader;
    }

    /// <summary>Its rows in input order. Throws when a row is missing or duplicated.</summary>
    public async Task<OrderedRows> ReadAsync(CancellationToken cancellationToken)
    {
        var reader = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new OrderedRows(reader, await RowOrder.FindAsync(reader, FirstRow, RowCount, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            reader.Dispose();
            if (e is InvalidResponseException)
            {
                await Job.ForgetDoubtfulAsync(cancellationToken).ConfigureAwait(false);
            }

            throw;
        }
    }
}

/// <summary>Writes the rows of a run as one file: one header, and every row in input order just as its job wrote it.</summary>
internal static class JoinedFileWriter
{
    public static async Task WriteAsync(IReadOnlyList<RunPart> parts, Stream target, CancellationToken cancellationToken)
    {
        var joined = await ChooseAsync(parts, cancellationToken).ConfigureAwait(false);
        using var buffered = new GatheredWrites(target);
        joined.Begin(buffered);
        foreach (var part in parts)
        {
            using var rows = await part.ReadAsync(cancellationToken).ConfigureAwait(false);
            joined.Enter(rows.Reader);
            while (await rows.NextAsync(cancellationToken).ConfigureAwait(false) is not null)
            {
                joined.Write(rows.Reader, buffered);
                await buffered.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        joined.End(buffered);
        await buffered.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    // The header must hold every column, so all files are read before the first byte is written.
    private static async Task<JoinedFile> ChooseAsync(IReadOnlyList<RunPart> parts, CancellationToken cancellationToken)
    {
        JoinedFile? joined = null;
        foreach (var part in parts)
        {
            using var reader = await part.OpenAsync(cancellationToken).ConfigureAwait(false);
            joined ??= reader is CsvRowReader ? new JoinedCsv() : new JoinedJson();
            if (!joined.TryAdd(reader))
            {
                throw reader.File.Invalid("it is in another format than the file before it, so the run cannot be saved as one file. Its rows can be read");
            }
        }

        return joined ?? new JoinedCsv();
    }
}
