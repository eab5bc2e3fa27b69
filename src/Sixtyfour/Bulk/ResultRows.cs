using System.Runtime.CompilerServices;
using Sixtyfour.Files;

namespace Sixtyfour.Bulk;

/// <summary>The rows of a result and the file they make.</summary>
internal abstract class ResultRows : IDisposable
{
    /// <param name="rows">Makes what the caller gets, once the reader knows its columns.</param>
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

/// <summary>The rows of one job: those of its output, just as they come.</summary>
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
            // Here and not in a method of its own: that would cost more than reading a short row does.
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
