using System.Globalization;

namespace Sixtyfour.Bulk;

/// <summary>One execution of a run: it compares the journal with the input, sends what is missing, and waits for all jobs.</summary>
internal sealed class BulkRun : IDisposable
{
    // At most this many files are in temporary files at a time. Under a ceiling the next file waits for each answer, since it may name a higher price.
    private const int UploadsAtOnce = 3;
    private const int UploadsUnderCeiling = 1;

    private readonly BulkRunSettings _settings;
    private readonly BulkSource _source;
    private readonly JournalState _state;
    private readonly FileCosts _costs;
    private readonly RunProgress _progress;
    private readonly FileProcessor _files;
    private readonly TaskGroup _tasks;
    private readonly SemaphoreSlim _uploads;

    public BulkRun(BulkRunSettings settings, BulkSource source, JournalState state, CancellationToken cancellationToken)
    {
        _settings = settings;
        _source = source;
        _state = state;
        _costs = new FileCosts(settings.Call.Price);
        _progress = new RunProgress(settings.Progress);
        _files = new FileProcessor(settings, state, _costs, _progress);
        _tasks = new TaskGroup(cancellationToken);
        _uploads = new SemaphoreSlim(settings.Call.Price.MaxCents is null ? UploadsAtOnce : UploadsUnderCeiling);
    }

    private CancellationToken Stop => _tasks.Stop;

    public async Task<RunEnd> RunAsync()
    {
        foreach (var line in Sent())
        {
            _costs.Take(line);
        }

        await _tasks.RunToEndAsync(SendAllAsync).ConfigureAwait(false);
        return _files.End();
    }

    public void Dispose()
    {
        _tasks.Dispose();
        _uploads.Dispose();
    }

    private async Task SendAllAsync()
    {
        if (_source.CanBeReadAhead)
        {
            await ReadAheadAsync().ConfigureAwait(false);
        }

        var rows = Rows();
        await using (rows.ConfigureAwait(false))
        {
            var files = new NumberedFiles(rows, _source.Format, _settings.Limits);
            await ContinueAsync(files).ConfigureAwait(false);
            if (!_state.IsComplete)
            {
                await SendNewAsync(files).ConfigureAwait(false);
            }
        }
    }

    // These may have a price already.
    private IEnumerable<JournalLine> Sent() => Enumerable.Range(1, _state.Count).Select(number => _state[number]).Where(line => !line.IsRefused);

    private NumberedRows Rows() => new(_source.Read(_settings.Contracts, Stop), _source.Format, _settings.Limits);

    // A problem in the last row must show before the first row is paid for.
    private async Task ReadAheadAsync()
    {
        var rows = Rows();
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.MoveNextAsync(Stop).ConfigureAwait(false))
            {
                // Each one is checked as it is read.
            }

            _progress.RowsKnown(rows.Count);
            var sent = Sent().Sum(line => line.Rows);
            if (rows.Count > sent)
            {
                _costs.Check(rows.Count - sent, string.Format(CultureInfo.InvariantCulture, "The run of {0:N0} rows", rows.Count));
            }
        }
    }

    // Everything is compared before anything is sent; the few files whose answers were lost are kept meanwhile.
    private async Task ContinueAsync(NumberedFiles files)
    {
        var unanswered = new List<NumberedFile>();
        try
        {
            for (var number = 1; number <= _state.Count; number++)
            {
                if (await CompareNextAsync(files, _state[number]).ConfigureAwait(false) is { } file)
                {
                    unanswered.Add(file);
                }
            }

            if (_state.IsComplete)
            {
                using var more = await files.NextAsync(Stop).ConfigureAwait(false);
                _ = more is null ? true : throw RunInput.Longer(_state[_state.Count]);
            }

            await ContinueAsync(unanswered).ConfigureAwait(false);
        }
        finally
        {
            unanswered.ForEach(file => file.Dispose());
        }
    }

    /// <returns>The file, if it has to be sent.</returns>
    private async Task<NumberedFile?> CompareNextAsync(NumberedFiles files, JournalLine line)
    {
        var file = await files.NextAsync(Stop).ConfigureAwait(false) ?? throw RunInput.Shorter(line);
        var isUnanswered = false;
        try
        {
            RunInput.Compare(file, line);
            isUnanswered = line.Job is null;
            return isUnanswered ? file : null;
        }
        finally
        {
            if (!isUnanswered)
            {
                file.Dispose();
            }
        }
    }

    private async Task ContinueAsync(List<NumberedFile> unanswered)
    {
        _progress.RowsKnown(Enumerable.Range(1, _state.Count).Sum(number => _state[number].Rows));
        foreach (var number in Enumerable.Range(1, _state.Count).Where(number => _state[number].Job is not null))
        {
            _tasks.Start(() => _files.WaitAsync(number, Stop));
        }

        while (unanswered.Count > 0)
        {
            await _uploads.WaitAsync(Stop).ConfigureAwait(false);
            var file = unanswered[0];
            unanswered.RemoveAt(0);
            await SendAgainAsync(file).ConfigureAwait(false);
        }
    }

    private async Task SendAgainAsync(NumberedFile file)
    {
        var line = _state[file.Number];
        if (line.IsRefused)
        {
            await SendFirstAsync(file).ConfigureAwait(false);
        }
        else if (_files.IsKeyTooOld(file.Number))
        {
            // Reported as missing when everything else is done.
            file.Dispose();
            _uploads.Release();
        }
        else
        {
            await SendAsync(file, isFirst: false, () => Task.CompletedTask).ConfigureAwait(false);
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

        if (_state.Count is 0)
        {
            throw BulkSource.Empty();
        }

        await _state.UpdateAsync(_state.Count, line => line with { IsLast = true }).ConfigureAwait(false);
    }

    private Task SendFirstAsync(NumberedFile file) => SendAsync(file, isFirst: true, () => _state.AddAsync(new JournalLine
    {
        Run = _state.Fingerprint,
        Seed = _state.Seed,
        File = file.Number,
        FirstRow = file.FirstRow,
        Rows = file.Rows,
        Sha256 = file.Content.Sha256,
        Key = _state.KeyOf(file.Number, file.Content.Sha256),
        At = _settings.Clock.GetUtcNow(),
    }));

    // Takes over the file and its upload slot.
    private async Task SendAsync(NumberedFile file, bool isFirst, Func<Task> writeDown)
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
                isStarted = await _files.SendAsync(file, isFirst, Stop).ConfigureAwait(false);
            }
            finally
            {
                file.Dispose();
                _uploads.Release();
            }

            if (isStarted)
            {
                await _files.WaitAsync(file.Number, Stop).ConfigureAwait(false);
            }
        });
    }

    // A file that does not fit under the ceiling may fit once a job under way has cost less than was reserved for it.
    private async Task ReserveAsync(NumberedFile file)
    {
        while (!_costs.TryReserve(file.Number, file.Rows))
        {
            if (!await _tasks.OneEndsAsync().ConfigureAwait(false))
            {
                _costs.Check(file.Rows, string.Format(CultureInfo.InvariantCulture, "The run with file {0} ({1:N0} rows)", file.Number, file.Rows));
            }

            Stop.ThrowIfCancellationRequested();
        }
    }
}
