namespace Sixtyfour.Bulk;

/// <summary>Writes the rows of a run as one file: one header, every row in input order, each just as its job wrote it.</summary>
internal static class RunFile
{
    public static async Task WriteAsync(IReadOnlyList<RunPart> parts, Stream target, CancellationToken cancellationToken)
    {
        var joined = await ChooseAsync(parts, cancellationToken).ConfigureAwait(false);
        using var buffered = new GatheredWrites(target);
        joined.Begin(buffered);
        foreach (var part in parts)
        {
            using var rows = await part.ReadAsync(cancellationToken).ConfigureAwait(false);
            joined.Enter(rows.Reader);
            while (await rows.NextAsync(cancellationToken).ConfigureAwait(false) is not null)
            {
                joined.Write(rows.Reader, buffered);
                await buffered.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        joined.End(buffered);
        await buffered.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    // The header has to hold every column, so all files are looked at before the first byte is written.
    private static async Task<JoinedFile> ChooseAsync(IReadOnlyList<RunPart> parts, CancellationToken cancellationToken)
    {
        JoinedFile? joined = null;
        foreach (var part in parts)
        {
            using var reader = await part.OpenAsync(cancellationToken).ConfigureAwait(false);
            joined ??= reader is CsvRowReader ? new JoinedCsv() : new JoinedJson();
            if (!joined.TryAdd(reader))
            {
                throw reader.File.Invalid("it is in another format than the file before it, so the run cannot be saved as one file. Its rows can be read");
            }
        }

        return joined ?? new JoinedCsv();
    }
}
