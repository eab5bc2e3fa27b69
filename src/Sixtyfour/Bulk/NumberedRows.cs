using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Sixtyfour.Files;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>
/// The rows of a run's input as lines with their numbers, in the form in which they go into its files. In CSV the number comes first, so that rows shorter than
/// the header keep their columns; in JSON lines it is the first member. A row is not copied for that: its line is a beginning, the rest, and a line feed.
/// </summary>
internal sealed class NumberedRows(RecordReader records, FileFormat format, BulkLimits limits) : IAsyncDisposable
{
    private const int MostDigits = 20;
    private static readonly byte[] LineFeed = [(byte)'\n'];
    private static readonly byte[] MemberBegin = Encoding.UTF8.GetBytes($"{{\"{RowId.Column}\":");
    private readonly ByteBuffer _begin = new(64);
    private bool _hasBegun;

    /// <summary>The first line of each file, once a row has been read; empty where the format has none.</summary>
    public byte[] Header { get; private set; } = [];

    /// <summary>How many rows have been read.</summary>
    public long Count { get; private set; }

    /// <summary>How many bytes the line of the current row has.</summary>
    public int Length => Begin.Length + Rest.Length + LineFeed.Length;

    // Of the row that was read last.
    private ReadOnlyMemory<byte> Begin => _begin.Written;

    private ReadOnlyMemory<byte> Rest { get; set; }

    /// <summary>How many bytes the line of a row has; at most, in the case of an empty object.</summary>
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
                throw new ArgumentException($"The bulk file cannot be run: it has a column '{RowId.Column}' of its own, which a run adds. Rename it.");
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
