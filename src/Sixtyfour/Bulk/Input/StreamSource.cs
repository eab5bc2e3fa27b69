using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Bytes that are there already, in one of the file types; sent just as they are.</summary>
internal abstract class StreamSource(string fileName) : BulkSource(fileName, InputFormats.OfName(fileName))
{
    // No row of a run can be larger than a file.
    private static long LongestRecord => BulkLimits.OfService.MaxBytes;

    public override RecordReader Read(JsonContracts contracts, CancellationToken cancellationToken) =>
        new StreamRecords(Open(), Format.Scanner(), LongestRecord);

    public override async Task<PreparedFile> PrepareAsync(JsonContracts contracts, BulkLimits limits, CancellationToken cancellationToken)
    {
        var length = await MakeReadyAsync(limits, cancellationToken).ConfigureAwait(false);
        if (length > limits.MaxBytes)
        {
            throw limits.TooLarge(length);
        }

        using var hash = Bulk.Sha256.Begin();
        var records = new StreamRecords(OpenAgain(), Format.Scanner(), LongestRecord, hash);
        await using (records.ConfigureAwait(false))
        {
            var rows = await CountAsync(records, cancellationToken).ConfigureAwait(false);
            return rows switch
            {
                0 => throw Empty(),
                _ when rows > limits.MaxRows => throw limits.TooManyRows(rows),
                // What was read is what counts: the file may have grown since it was looked at.
                _ when records.BytesRead > limits.MaxBytes => throw limits.TooLarge(records.BytesRead),
                _ => new PreparedFile(FileName, Format, OpenAgain) { Length = records.BytesRead, Rows = rows, Sha256 = Bulk.Sha256.Text(hash) },
            };
        }
    }

    /// <summary>Opens it at its beginning, for the only time or not.</summary>
    protected abstract ByteReader Open();

    /// <summary>Opens it at its beginning, once it is ready for that.</summary>
    protected virtual ByteReader OpenAgain() => Open();

    /// <summary>Makes it readable as often as it has to be.</summary>
    /// <param name="limits">Beyond these nothing needs to be made ready; null for no bound.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many bytes it has, as far as that is known without reading it.</returns>
    protected abstract Task<long> MakeReadyAsync(BulkLimits? limits, CancellationToken cancellationToken);

    private async ValueTask<long> CountAsync(StreamRecords records, CancellationToken cancellationToken)
    {
        var count = 0L;
        while (await records.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            count++;
        }

        return Format is InputFormat.Csv && count > 0 ? count - 1 : count;
    }
}
