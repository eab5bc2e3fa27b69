using System.Runtime.CompilerServices;

namespace Sixtyfour.Bulk;

/// <summary>The rows of one job: those of its output, just as they come.</summary>
internal sealed class JobRows(JobFiles job) : ResultRows
{
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

        await job.CheckWholeAsync(count, cancellationToken).ConfigureAwait(false);
    }

    public override Task<Stream> OpenAsync(CancellationToken cancellationToken) => job.OpenOutputAsync(cancellationToken);

    public override async Task CopyToAsync(Stream target, CancellationToken cancellationToken) =>
        await CopyAsync(await job.OpenOutputAsync(cancellationToken).ConfigureAwait(false), target, cancellationToken).ConfigureAwait(false);

    public override void Dispose() => job.Dispose();
}
