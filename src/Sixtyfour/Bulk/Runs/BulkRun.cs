using System.Globalization;

namespace Sixtyfour.Bulk;

/// <summary>One execution of a run: first what the journal knows is compared with the input, then what is missing is sent, then everything is waited for.</summary>
internal sealed partial class BulkRun : IDisposable
{
    // So many files at most lie in temporary files at a time. Under a ceiling each answer is awaited before the next file leaves, since it may tell of a higher price.
    private const int UploadsAtOnce = 3;
    private const int UploadsUnderCeiling = 1;

    private readonly BulkRunSettings _settings;
    private readonly BulkSource _source;
    private readonly RunLedger _ledger;
    private readonly RunCosts _costs;
    private readonly RunProgress _progress;
    private readonly RunWork _work;
    private readonly RunTasks _tasks;
    private readonly SemaphoreSlim _uploads;

    public BulkRun(BulkRunSettings settings, BulkSource source, RunLedger ledger, CancellationToken cancellationToken)
    {
        _settings = settings;
        _source = source;
        _ledger = ledger;
        _costs = new RunCosts(settings.Call.Price);
        _progress = new RunProgress(settings.Progress);
        _work = new RunWork(settings, ledger, _costs, _progress);
        _tasks = new RunTasks(cancellationToken);
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
        return _work.End();
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
            if (!_ledger.IsComplete)
            {
                await SendNewAsync(files).ConfigureAwait(false);
            }
        }
    }

    // What may have a price already.
    private IEnumerable<RunLine> Sent() => Enumerable.Range(1, _ledger.Count).Select(number => _ledger[number]).Where(line => !line.IsRefused);

    private NumberedRows Rows() => new(_source.Read(_settings.Contracts, Stop), _source.Format, _settings.Limits);

    // What is wrong with the last row shall show before the first one is paid for.
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
                _costs.Check(0, rows.Count - sent, string.Format(CultureInfo.InvariantCulture, "The run of {0:N0} rows", rows.Count));
            }
        }
    }

    // Everything is compared before anything is sent; the few files whose answers were lost stay where they are meanwhile.
    private async Task ContinueAsync(NumberedFiles files)
    {
        var unanswered = new List<NumberedFile>();
        try
        {
            for (var number = 1; number <= _ledger.Count; number++)
            {
                if (await CompareNextAsync(files, _ledger[number]).ConfigureAwait(false) is { } file)
                {
                    unanswered.Add(file);
                }
            }

            if (_ledger.IsComplete)
            {
                using var more = await files.NextAsync(Stop).ConfigureAwait(false);
                _ = more is null ? true : throw RunInput.Longer(_ledger[_ledger.Count]);
            }

            await ContinueAsync(unanswered).ConfigureAwait(false);
        }
        finally
        {
            unanswered.ForEach(file => file.Dispose());
        }
    }

    /// <returns>The file, if it has to be sent.</returns>
    private async Task<NumberedFile?> CompareNextAsync(NumberedFiles files, RunLine line)
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
        _progress.RowsKnown(Enumerable.Range(1, _ledger.Count).Sum(number => _ledger[number].Rows));
        foreach (var number in Enumerable.Range(1, _ledger.Count).Where(number => _ledger[number].Job is not null))
        {
            _tasks.Start(() => _work.WaitAsync(number, Stop));
        }

        while (unanswered.Count > 0)
        {
            await _uploads.WaitAsync(Stop).ConfigureAwait(false);
            var file = unanswered[0];
            unanswered.RemoveAt(0);
            await SendAgainAsync(file).ConfigureAwait(false);
        }
    }
}
