using Sixtyfour.Files;

namespace Sixtyfour.Bulk;

/// <summary>
/// The order in which the rows of a file must be read to follow the input. Finding it takes one pass, and a second one with 8 bytes a row where the orders
/// differ. Where the service has dropped the column of ids, rows whose count is right are assumed to be in input order.
/// </summary>
internal sealed class RowOrder
{
    private RowOrder(long firstRow, long count)
    {
        FirstRow = firstRow;
        Count = count;
    }

    /// <summary>The position of the first one in the whole input.</summary>
    public long FirstRow { get; }

    public long Count { get; }

    /// <summary>Where the file's first row begins.</summary>
    public long FirstOffset { get; private init; }

    /// <summary>Where each row begins, in input order; null when the file is in that order.</summary>
    public long[]? Offsets { get; private init; }

    /// <exception cref="InvalidResponseException">A row is missing, duplicated or belongs to another file.</exception>
    public static async ValueTask<RowOrder> FindAsync(RowReader reader, long firstRow, long due, CancellationToken cancellationToken)
    {
        var (count, withId, firstOffset, isInOrder) = (0L, 0L, 0L, true);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            firstOffset = count is 0 ? reader.Offset : firstOffset;
            if (reader.TryGetRowId(out var id))
            {
                withId++;
                isInOrder &= id == firstRow + count;
            }

            count++;
        }

        if (count != due || (withId != count && (withId > 0 || reader.HasRowIdColumn)))
        {
            throw reader.File.Invalid(
                $"{count} rows came back, {withId} of them with their {RowId.Column}, where {due} were sent (from row {firstRow} of the input on): "
                + "they cannot be joined to the input without guessing");
        }

        if (!isInOrder && reader.RespelledRowId is { } column)
        {
            throw reader.File.Invalid(
                $"the rows cannot be joined to the input: there is no {RowId.Column}, and by '{column}', which may stand for it, they are in another order");
        }

        // They are nearly always in order, and then no offsets are needed.
        var offsets = isInOrder ? null : await OffsetsAsync(reader, firstOffset, firstRow, due, cancellationToken).ConfigureAwait(false);
        return new RowOrder(firstRow, count) { FirstOffset = firstOffset, Offsets = offsets };
    }

    private static async ValueTask<long[]> OffsetsAsync(RowReader reader, long firstOffset, long firstRow, long due, CancellationToken cancellationToken)
    {
        var offsets = Unknown(due);
        reader.MoveTo(firstOffset);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _ = reader.TryGetRowId(out var id);
            Place(reader, offsets, id, firstRow);
        }

        return offsets;
    }

    private static long[] Unknown(long due)
    {
        var offsets = new long[due];
        offsets.AsSpan().Fill(-1);
        return offsets;
    }

    private static void Place(RowReader reader, long[] offsets, long id, long firstRow)
    {
        if (id < firstRow || id >= firstRow + offsets.Length)
        {
            throw reader.File.Invalid($"a row carries the id {id}; this file was given the {offsets.Length} rows from {firstRow} on");
        }

        ref var offset = ref offsets[id - firstRow];
        offset = offset < 0 ? reader.Offset : throw reader.File.Invalid($"row {id} of the input came back twice");
    }
}

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

    /// <summary>Moves to the next row: its position in the whole input, or null after the last one.</summary>
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
