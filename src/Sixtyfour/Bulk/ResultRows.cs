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
