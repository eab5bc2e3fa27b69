using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Files;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Rows of the application's own type, written as JSON lines. Each reader enumerates them again.</summary>
internal sealed class RowsSource<T>(IAsyncEnumerable<T> rows, JsonTypeInfo<T>? typeInfo) : BulkSource("rows.jsonl", FileFormat.JsonLines)
{
    private static readonly byte[] LineFeed = [(byte)'\n'];

    // Each enumeration may cost a query, and may bring other rows.
    public override bool CanBeReadAhead => false;

    public override RecordReader Read(JsonContracts contracts, CancellationToken cancellationToken) =>
        new RowRecords<T>(rows, contracts.For<T>(typeInfo), cancellationToken);

    public override async Task<PreparedFile> PrepareAsync(JsonContracts contracts, BulkLimits limits, CancellationToken cancellationToken)
    {
        var spool = new SpoolFile();
        try
        {
            var count = await WriteAsync(spool, contracts, limits, cancellationToken).ConfigureAwait(false);
            var sha256 = await spool.FinishAsync(cancellationToken).ConfigureAwait(false);
            return count is 0
                ? throw Empty()
                : new PreparedFile(FileName, Format, spool.OpenRead, spool) { Length = spool.Length, Rows = count, Sha256 = sha256 };
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    private async ValueTask<long> WriteAsync(SpoolFile spool, JsonContracts contracts, BulkLimits limits, CancellationToken cancellationToken)
    {
        var count = 0L;
        var records = Read(contracts, cancellationToken);
        await using (records.ConfigureAwait(false))
        {
            while (await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                if (++count > limits.MaxRows)
                {
                    throw limits.TooManyRows(count, "at least ");
                }

                await spool.AppendAsync(records.Current, cancellationToken).ConfigureAwait(false);
                await spool.AppendAsync(LineFeed, cancellationToken).ConfigureAwait(false);
                if (spool.Length > limits.MaxBytes)
                {
                    throw limits.TooLarge(spool.Length, "at least ");
                }
            }
        }

        return count;
    }
}

/// <summary>A synchronous sequence as an asynchronous one. An async iterator would cost more than writing a short row.</summary>
internal sealed class SynchronousRows<T>(IEnumerable<T> rows) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(rows.GetEnumerator());

    private sealed class Enumerator(IEnumerator<T> rows) : IAsyncEnumerator<T>
    {
        public T Current => rows.Current;

        public ValueTask<bool> MoveNextAsync() => new(rows.MoveNext());

        public ValueTask DisposeAsync()
        {
            rows.Dispose();
            return default;
        }
    }
}
