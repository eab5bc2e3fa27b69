namespace Sixtyfour.Bulk;

/// <summary>Reads the rows of a file in the order of the input.</summary>
internal sealed class OrderedRows : IDisposable
{
    private readonly RowOrder _order;
    private long _next;

    public OrderedRows(RowReader reader, RowOrder order)
    {
        Reader = reader;
        _order = order;
        reader.MoveTo(order.FirstOffset);
    }

    public RowReader Reader { get; }

    /// <summary>Goes on to the next row; its position in the whole input, or null behind the last one.</summary>
    public async ValueTask<long?> NextAsync(CancellationToken cancellationToken)
    {
        if (_next == _order.Count)
        {
            return null;
        }

        if (_order.Offsets is { } offsets)
        {
            Reader.MoveTo(offsets[_next]);
        }

        await Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return _order.FirstRow + _next++;
    }

    public void Dispose() => Reader.Dispose();
}
