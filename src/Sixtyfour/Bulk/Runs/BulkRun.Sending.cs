using System.Globalization;

namespace Sixtyfour.Bulk;

internal sealed partial class BulkRun
{
    private async Task SendAgainAsync(NumberedFile file)
    {
        var line = _ledger[file.Number];
        if (line.IsRefused)
        {
            await SendFirstAsync(file).ConfigureAwait(false);
        }
        else if (_work.IsKeyTooOld(file.Number))
        {
            // It is missed, and reported, when everything else is done.
            file.Dispose();
            _uploads.Release();
        }
        else
        {
            await SendAsync(file, mayBeKnown: true, () => Task.CompletedTask).ConfigureAwait(false);
        }
    }

    private async Task SendNewAsync(NumberedFiles files)
    {
        while (true)
        {
            await _uploads.WaitAsync(Stop).ConfigureAwait(false);
            if (await files.NextAsync(Stop).ConfigureAwait(false) is not { } file)
            {
                break;
            }

            _progress.RowsKnown(files.RowsRead);
            await SendFirstAsync(file).ConfigureAwait(false);
        }

        if (_ledger.Count is 0)
        {
            throw BulkSource.Empty();
        }

        await _ledger.UpdateAsync(_ledger.Count, line => line with { IsLast = true }).ConfigureAwait(false);
    }

    private Task SendFirstAsync(NumberedFile file) => SendAsync(file, mayBeKnown: false, () => _ledger.AddAsync(new RunLine
    {
        Run = _settings.Fingerprint,
        File = file.Number,
        FirstRow = file.FirstRow,
        Rows = file.Rows,
        Sha256 = file.Content.Sha256,
        Key = _settings.KeyOf(file.Number),
        At = _settings.Clock.GetUtcNow(),
    }));

    // Takes over the file and the turn to upload it.
    private async Task SendAsync(NumberedFile file, bool mayBeKnown, Func<Task> writeDown)
    {
        try
        {
            await ReserveAsync(file).ConfigureAwait(false);
            await writeDown().ConfigureAwait(false);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _tasks.Start(async () =>
        {
            bool isStarted;
            try
            {
                isStarted = await _work.SendAsync(file, mayBeKnown, Stop).ConfigureAwait(false);
            }
            finally
            {
                file.Dispose();
                _uploads.Release();
            }

            if (isStarted)
            {
                await _work.WaitAsync(file.Number, Stop).ConfigureAwait(false);
            }
        });
    }

    // A file that does not fit under the ceiling may fit when a job under way has cost less than was set aside for it.
    private async Task ReserveAsync(NumberedFile file)
    {
        while (!_costs.TryReserve(file.Number, file.Rows))
        {
            if (!await _tasks.OneEndsAsync().ConfigureAwait(false))
            {
                _costs.Check(file.Number, file.Rows, string.Format(CultureInfo.InvariantCulture, "The run with file {0} ({1:N0} rows)", file.Number, file.Rows));
            }

            Stop.ThrowIfCancellationRequested();
        }
    }
}
