using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Sixtyfour.Files;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>
/// Splits the rows of a run into files within the limits, each in a temporary file. The same rows always make the same files, byte for byte: a continued run
/// depends on it.
/// </summary>
internal sealed class NumberedFiles(NumberedRows rows, FileFormat format, BulkLimits limits)
{
    private readonly FileMeter _meter = new(limits);
    private int _number;
    private bool _hasRow;

    public long RowsRead => rows.Count;

    /// <summary>The next file, for the caller to dispose; null when there are no more rows.</summary>
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

/// <summary>
/// The rows of a run's input as numbered lines, as they go into its files. In CSV the number comes first, so that rows shorter than the header keep their
/// columns; in JSON lines it is the first member. A row is not copied for that: its line is a beginning, the rest, and a line feed.
/// </summary>
internal sealed class NumberedRows(RecordReader records, FileFormat format, BulkLimits limits) : IAsyncDisposable
{
    private const int MostDigits = 20;
    private static readonly byte[] LineFeed = [(byte)'\n'];
    private static readonly byte[] MemberBegin = Encoding.UTF8.GetBytes($"{{\"{RowId.Column}\":");
    private readonly ByteBuffer _begin = new(64);
    private bool _hasBegun;

    /// <summary>The first line of each file, once a row has been read; empty where the format has no header.</summary>
    public byte[] Header { get; private set; } = [];

    /// <summary>How many rows have been read.</summary>
    public long Count { get; private set; }

    /// <summary>How many bytes the line of the current row has.</summary>
    public int Length => Begin.Length + Rest.Length + LineFeed.Length;

    // Of the current row.
    private ReadOnlyMemory<byte> Begin => _begin.Written;

    private ReadOnlyMemory<byte> Rest { get; set; }

    /// <summary>How many bytes the line of a row has; for an empty object an upper bound.</summary>
    public static long LengthOf(FileFormat format, long length, long row) =>
        length + Digits(row) + (format is FileFormat.Csv ? 2 : MemberBegin.Length + 1);

    private static int Digits(long row)
    {
        var digits = 1;
        for (; row > 9; row /= 10)
        {
            digits++;
        }

        return digits;
    }

    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun && format is FileFormat.Csv && await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            Header = HeaderOf(records.Current.Span);
        }

        _hasBegun = true;
        if (!await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (format is FileFormat.Csv)
        {
            _begin.Clear();
            BeginWith(Count, ","u8);
            Rest = records.Current;
        }
        else
        {
            NumberObject();
        }

        CheckThatFileCanHoldIt();
        Count++;
        return true;
    }

    /// <summary>Appends the line of the current row.</summary>
    public async ValueTask WriteAsync(SpoolFile to, CancellationToken cancellationToken)
    {
        await to.AppendAsync(Begin, cancellationToken).ConfigureAwait(false);
        await to.AppendAsync(Rest, cancellationToken).ConfigureAwait(false);
        await to.AppendAsync(LineFeed, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => records.DisposeAsync();

    private static byte[] HeaderOf(ReadOnlySpan<byte> header)
    {
        var cells = new CsvScanner();
        cells.Begin();
        cells.TryScan(header, isLast: true);
        foreach (var cell in cells.Cells)
        {
            if (string.Equals(CsvText.Of(header, cell).Trim(), RowId.Column, StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"The bulk file cannot be run: it already has a column '{RowId.Column}', which a run adds. Rename it.");
            }
        }

        return [.. Encoding.UTF8.GetBytes($"{RowId.Column},"), .. header, .. LineFeed];
    }

    private void NumberObject()
    {
        try
        {
            JsonRow.Check(records.Current.Span, reserved: RowId.Column);
        }
        catch (BrokenRecordException e)
        {
            throw records.Refused(e);
        }

        var members = records.Current.Slice(1);
        WhiteSpace.ToOneLine(members.Span);
        _begin.Clear();
        _begin.Append(MemberBegin);
        BeginWith(Count, WhiteSpace.WithoutLeading(members.Span)[0] is (byte)'}' ? default : ","u8);
        Rest = members;
    }

    private void BeginWith(long number, ReadOnlySpan<byte> separator)
    {
        Utf8Formatter.TryFormat(number, _begin.GetSpan(MostDigits), out var written);
        _begin.Advance(written);
        _begin.Append(separator);
    }

    private void CheckThatFileCanHoldIt()
    {
        if (Header.Length + (long)Length > limits.MaxBytes)
        {
            throw new ArgumentException(string.Format(
                CultureInfo.InvariantCulture,
                "The bulk file cannot be run: row {0:N0} (from 0) makes {1:N0} bytes with its header, and the service takes at most {2:N0} in one file.",
                Count,
                Header.Length + (long)Length,
                limits.MaxBytes));
        }
    }
}
