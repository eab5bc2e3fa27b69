namespace Sixtyfour.Bulk;

/// <summary>Opens a file of rows in whichever format it is.</summary>
internal static class RowReaders
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <param name="stream">The file; disposed with the reader, also when it cannot be opened.</param>
    /// <param name="file">For an error.</param>
    /// <param name="format">What name and type of the file say; null lets its first character decide.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<RowReader> OpenAsync(Stream stream, RowFile file, BulkFormat? format, CancellationToken cancellationToken)
    {
        var buffer = new RowBuffer(stream, file);
        try
        {
            await SkipMarkAsync(buffer, cancellationToken).ConfigureAwait(false);
            return (format ?? Guess(buffer.Rest)) is BulkFormat.Json
                ? await JsonRowReader.OpenAsync(buffer, cancellationToken).ConfigureAwait(false)
                : await CsvRowReader.OpenAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static async ValueTask SkipMarkAsync(RowBuffer buffer, CancellationToken cancellationToken)
    {
        while (buffer.Rest.Length < Utf8Mark.Length && !buffer.IsLast)
        {
            await buffer.MoreAsync(cancellationToken).ConfigureAwait(false);
        }

        if (buffer.Rest.StartsWith(Utf8Mark))
        {
            buffer.Skip(Utf8Mark.Length);
        }
        else if (buffer.Rest.Length > 1 && (buffer.Rest[0], buffer.Rest[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
        {
            throw buffer.File.Invalid($"the file is UTF-16, and rows are read from UTF-8 only. {nameof(BulkResult.OpenReadAsync)} gives it as it is.");
        }
    }

    private static BulkFormat Guess(ReadOnlySpan<byte> begin)
    {
        while (begin.Length > 0 && begin[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            begin = begin.Slice(1);
        }

        return begin.Length > 0 && begin[0] is (byte)'{' or (byte)'[' ? BulkFormat.Json : BulkFormat.Csv;
    }
}
