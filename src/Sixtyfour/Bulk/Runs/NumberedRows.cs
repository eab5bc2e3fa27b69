using System.Globalization;

namespace Sixtyfour.Bulk;

/// <summary>The rows of a run's input as lines with their numbers, in the form in which they go into its files.</summary>
internal sealed class NumberedRows(RecordReader records, InputFormat format, BulkLimits limits) : IAsyncDisposable
{
    private readonly RowNumbering _numbering = new(format);
    private bool _hasBegun;

    /// <summary>The first line of each file, once a row has been read; empty where the format has none.</summary>
    public byte[] Header { get; private set; } = [];

    /// <summary>How many rows have been read.</summary>
    public long Count { get; private set; }

    /// <summary>The row that was read last, with its line feed; valid until the next one.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun && format is InputFormat.Csv && await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            Header = RowNumbering.Header(records.Current.Span);
        }

        _hasBegun = true;
        if (!await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Current = _numbering.Number(records.Current.Span, Count);
        CheckThatFileCanHoldIt();
        Count++;
        return true;
    }

    public ValueTask DisposeAsync() => records.DisposeAsync();

    private void CheckThatFileCanHoldIt()
    {
        if (Header.Length + (long)Current.Length > limits.MaxBytes)
        {
            throw new ArgumentException(string.Format(
                CultureInfo.InvariantCulture,
                "The bulk file cannot be run: row {0:N0} (from 0) makes {1:N0} bytes with its header, and the service takes at most {2:N0} in one file.",
                Count,
                Header.Length + (long)Current.Length,
                limits.MaxBytes));
        }
    }
}
