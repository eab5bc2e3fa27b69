using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Counts an input without keeping or sending any of it.</summary>
internal static class BulkCount
{
    public static async Task<BulkEstimate> OfAsync(
        BulkSource source, BulkPrice price, JsonContracts contracts, BulkLimits limits, CancellationToken cancellationToken)
    {
        var records = await source.ReadAheadAsync(contracts, cancellationToken).ConfigureAwait(false);
        await using (records.ConfigureAwait(false))
        {
            var header = await HeaderLengthAsync(source.Format, records, cancellationToken).ConfigureAwait(false);
            var (rows, files) = await CountAsync(source.Format, records, header, limits, cancellationToken).ConfigureAwait(false);
            var fitsAsItIs = rows <= limits.MaxRows && records.BytesRead <= limits.MaxBytes;
            return new(rows, records.BytesRead, rows is 0 ? 0 : fitsAsItIs ? 1 : files, rows * price.CentsPerRow);
        }
    }

    // As a run would write it.
    private static async ValueTask<long> HeaderLengthAsync(InputFormat format, RecordReader records, CancellationToken cancellationToken) =>
        format is InputFormat.Csv && await records.MoveNextAsync(cancellationToken).ConfigureAwait(false)
            ? BulkResults.RowIdColumn.Length + 1 + records.Current.Length + 1
            : 0;

    private static async ValueTask<(long Rows, int Files)> CountAsync(
        InputFormat format, RecordReader records, long header, BulkLimits limits, CancellationToken cancellationToken)
    {
        var meter = new FileMeter(limits);
        var rows = 0L;
        var files = 0;
        while (await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            var length = RowNumbering.LengthOf(format, records.Current.Length, rows);
            if (files is 0 || !meter.Fits(length))
            {
                files++;
                meter.Begin(header);
            }

            meter.Add(length);
            rows++;
        }

        return (rows, files);
    }
}
