using Sixtyfour.Files;

namespace Sixtyfour.Bulk;

/// <summary>
/// In which order the rows of a file have to be read to have the order of the input; found by reading it once, and once more where it is another, which takes
/// 8 bytes a row. Where the service has dropped the column of ids, rows whose count is right are taken to have kept their places.
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

    /// <summary>Where each row begins, in input order; null when the file has that order.</summary>
    public long[]? Offsets { get; private init; }

    /// <exception cref="InvalidResponseException">A row is missing, is there twice or belongs elsewhere.</exception>
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
                $"{count} rows came back, {withId} of them with their {RowId.Column}, where {due} were sent (from row {firstRow} of the input on): they cannot be joined to the input without guessing");
        }

        // Nearly always they are in order, and then nothing has to be remembered.
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
            throw reader.File.Invalid($"a row says to be row {id} of the input; this file was given the {offsets.Length} rows from {firstRow} on");
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
