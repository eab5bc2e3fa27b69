using Sixtyfour.Files;
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
            return new()
            {
                Rows = rows,
                Bytes = records.BytesRead,
                Files = rows is 0 ? 0 : fitsAsItIs ? 1 : files,
                EstimatedCostCents = rows * price.CentsPerRow,
            };
        }
    }

    // As a run would write it.
    private static async ValueTask<long> HeaderLengthAsync(FileFormat format, RecordReader records, CancellationToken cancellationToken) =>
        format is FileFormat.Csv && await records.MoveNextAsync(cancellationToken).ConfigureAwait(false)
            ? RowId.Column.Length + 1 + records.Current.Length + 1
            : 0;

    private static async ValueTask<(long Rows, int Files)> CountAsync(
        FileFormat format, RecordReader records, long header, BulkLimits limits, CancellationToken cancellationToken)
    {
        var meter = new FileMeter(limits);
        var rows = 0L;
        var files = 0;
        while (await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            var length = NumberedRows.LengthOf(format, records.Current.Length, rows);
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

/// <summary>How much the current file holds. The next row goes into it, or begins another one.</summary>
internal sealed class FileMeter(BulkLimits limits)
{
    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    public void Begin(long headerBytes) => (Rows, Bytes) = (0, headerBytes);

    public bool Fits(long rowBytes) => Rows < limits.MaxRows && Bytes + rowBytes <= limits.MaxBytes;

    public void Add(long rowBytes)
    {
        Rows++;
        Bytes += rowBytes;
    }
}
