using System.Globalization;
using Sixtyfour.Files;

namespace Sixtyfour.Bulk;

/// <summary>
/// Splits the rows of a run into files within the limits, one after the other, each into a temporary file. The same rows make the same files, byte for byte,
/// every time: a continued run depends on it.
/// </summary>
internal sealed class NumberedFiles(NumberedRows rows, FileFormat format, BulkLimits limits)
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
            var content = new PreparedFile(Name(), format is FileFormat.Csv ? format : FileFormat.JsonLines, spool.OpenRead, spool)
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
        while (_hasRow && _meter.Fits(rows.Length))
        {
            _meter.Add(rows.Length);
            await rows.WriteAsync(spool, cancellationToken).ConfigureAwait(false);
            _hasRow = await rows.MoveNextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private string Name() => $"rows-{_number.ToString("D5", CultureInfo.InvariantCulture)}{(format is FileFormat.Csv ? ".csv" : ".jsonl")}";
}

/// <summary>One file of a run.</summary>
/// <param name="Number">Its place among them, from 1.</param>
/// <param name="FirstRow">The position of its first row in the input, from 0.</param>
/// <param name="Content">What is sent.</param>
internal sealed record NumberedFile(int Number, long FirstRow, PreparedFile Content) : IDisposable
{
    public long Rows => Content.Rows;

    public void Dispose() => Content.Dispose();
}
