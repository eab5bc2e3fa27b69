namespace Sixtyfour.Bulk;

/// <summary>The files of one job of a run, and the rows of the whole input that it was given.</summary>
internal sealed record RunPart(JobFiles Job, long FirstRow, long RowCount)
{
    /// <summary>Its rows as they come.</summary>
    public async Task<RowReader> OpenAsync(CancellationToken cancellationToken)
    {
        var reader = await Job.ReadOutputAsync(cancellationToken).ConfigureAwait(false);
        // Also when it came back empty: it is none of the columns the user gave.
        reader.HidesRowId = true;
        return reader;
    }

    /// <summary>Its rows in input order. None is missing and none is there twice, or this throws.</summary>
    public async Task<OrderedRows> ReadAsync(CancellationToken cancellationToken)
    {
        var reader = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new OrderedRows(reader, await RowOrder.FindAsync(reader, FirstRow, RowCount, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            reader.Dispose();
            if (e is InvalidResponseException)
            {
                await Job.ForgetDoubtfulAsync(cancellationToken).ConfigureAwait(false);
            }

            throw;
        }
    }
}
