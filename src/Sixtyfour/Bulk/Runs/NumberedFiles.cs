using System.Globalization;

namespace Sixtyfour.Bulk;

/// <summary>
/// Splits the rows of a run into files within the limits, one after the other, each into a temporary file. The same rows make the same files, byte for byte,
/// every time: a continued run depends on it.
/// </summary>
internal sealed class NumberedFiles(NumberedRows rows, InputFormat format, BulkLimits limits)
{
    private readonly FileMeter _meter = new(limits);
    private int _number;
    private bool _hasRow;

    public long RowsRead => rows.Count;

    /// <summary>The next file, for whoever asks to dispose; null when there are no more rows.</summary>
    public async Task<NumberedFile?> NextAsync(CancellationToken cancellationToken)
    {
        _hasRow = _hasRow || await rows.MoveNextAsync(cancellationToken).ConfigureAwait(false);
        if (!_hasRow)
        {
            return null;
        }

        var spool = new SpoolFile();
        try
        {
            var firstRow = rows.Count - 1;
            await FillAsync(spool, cancellationToken).ConfigureAwait(false);
            var sha256 = await spool.FinishAsync(cancellationToken).ConfigureAwait(false);
            _number++;
            var content = new PreparedFile(Name(), format is InputFormat.Csv ? format : InputFormat.JsonLines, spool.OpenRead, spool)
            {
                Length = spool.Length,
                Rows = _meter.Rows,
                Sha256 = sha256,
            };
            return new(_number, firstRow, content);
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    private async ValueTask FillAsync(SpoolFile spool, CancellationToken cancellationToken)
    {
        _meter.Begin(rows.Header.Length);
        await spool.AppendAsync(rows.Header, cancellationToken).ConfigureAwait(false);
        while (_hasRow && _meter.Fits(rows.Current.Length))
        {
            _meter.Add(rows.Current.Length);
            await spool.AppendAsync(rows.Current.Span, cancellationToken).ConfigureAwait(false);
            _hasRow = await rows.MoveNextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private string Name() => $"rows-{_number.ToString("D5", CultureInfo.InvariantCulture)}{(format is InputFormat.Csv ? ".csv" : ".jsonl")}";
}
