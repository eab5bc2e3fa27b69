using System.Globalization;
using System.Net;
using Sixtyfour.Diagnostics;
using Sixtyfour.Research;

namespace Sixtyfour.Bulk;

/// <summary>Processes the files of a run: sends each and waits for its job. Each step is in the journal before the next one begins.</summary>
internal sealed class FileProcessor(BulkRunSettings settings, JournalState state, FileCosts costs, RunProgress progress)
{
    private readonly Dictionary<int, JobSnapshot> _ended = [];
    private readonly Dictionary<int, SixtyfourException> _failed = [];

    /// <summary>The service may have forgotten the key of the file: sending it again could start a second job.</summary>
    public bool IsKeyTooOld(int number) => TimeLeft(number) <= TimeSpan.Zero;

    /// <summary>Sends a file that is in the journal already.</summary>
    /// <returns>False when its key became too old before it could be sent.</returns>
    public async Task<bool> SendAsync(NumberedFile file, bool isFirst, CancellationToken cancellationToken)
    {
        var number = file.Number;
        if (IsKeyTooOld(number))
        {
            return false;
        }

        BulkStart start;
        try
        {
            start = await settings.Sender.SendAsync(settings.Call, file.Content, state[number].Key, TimeLeft(number), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (isFirst && NothingWasStarted(e))
        {
            // Only for the first use of a key: a refusal of the second use says nothing about the first.
            await state.UpdateAsync(number, line => line with { IsRefused = true }).ConfigureAwait(false);
            throw;
        }

        await NoteAsync(number, start).ConfigureAwait(false);
        costs.Take(state[number]);
        return true;
    }

    /// <summary>Waits for the job of a file, however it ends.</summary>
    public async Task WaitAsync(int number, CancellationToken cancellationToken)
    {
        progress.Submitted(state[number].EstimatedCents);
        JobSnapshot? last = null;
        try
        {
            last = await LastAsync(state[number], cancellationToken).ConfigureAwait(false);
        }
        catch (SixtyfourException e) when (IsOfThisJob(e))
        {
            // The other files have their own jobs.
            lock (_ended)
            {
                _failed[number] = e;
            }
        }

        if (last is not null)
        {
            await EndAsync(number, last).ConfigureAwait(false);
        }

        progress.Done(state[number], last?.ChargeCents);
    }

    /// <summary>How the files ended, once all have.</summary>
    public RunEnd End()
    {
        var lines = Enumerable.Range(1, state.Count).Select(number => state[number]).ToList();
        return new(
            [.. lines.Where(HasResult).Select(line => new BulkRunPart(_ended[line.File], line.FirstRow, line.Rows))],
            [.. lines.Where(line => !HasResult(line)).Select(line => Failure(line))]);
    }

    private bool HasResult(JournalLine line) => _ended.TryGetValue(line.File, out var end) && end.Status.IsSuccess;

    // A time in the future counts like one in the past: one of the two clocks was wrong.
    private TimeSpan TimeLeft(int number) => settings.KeyLifetime - (settings.Clock.GetUtcNow() - state[number].At).Duration();

    private SixtyfourException Failure(JournalLine line) =>
        _failed.TryGetValue(line.File, out var failure) ? failure
        : _ended.TryGetValue(line.File, out var end) ? settings.Jobs.Failure(end)
        : Lost(line);

    private async Task EndAsync(int number, JobSnapshot last)
    {
        if (last.ChargeCents is { } charged && charged != state[number].ChargedCents)
        {
            await state.UpdateAsync(number, line => line with { ChargedCents = charged }).ConfigureAwait(false);
            costs.Take(state[number]);
        }

        lock (_ended)
        {
            _ended[number] = last;
        }
    }

    // The id is paid for: where it cannot be stored, the exception must name it.
    private async Task NoteAsync(int number, BulkStart start)
    {
        try
        {
            await state.UpdateAsync(number, line => line with { Job = start.JobId, EstimatedCents = start.EstimatedCents }).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.BulkJobNotInJournal(settings.Logger, start.JobId, number, state[number].Key, e);
            throw new IOException(
                $"Job {start.JobId} was started for file {number.ToString(CultureInfo.InvariantCulture)} of the run, "
                + $"and the journal could not be written: {e.Message} "
                + $"Run again with the same journal: the file goes out under the same idempotency key ({state[number].Key}) and is not charged twice.",
                e);
        }
    }

    // The service does not know the job, or its answer about the job cannot be read. Anything else, such as a refused key, concerns the whole run.
    private static bool IsOfThisJob(SixtyfourException failure) =>
        failure is InvalidResponseException
            or SixtyfourApiException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.BadRequest or (HttpStatusCode)422 };

    // An attempt with an unknown outcome arrives as OutcomeUnknownException, or as an answer without an id.
    private static bool NothingWasStarted(Exception failure) => failure switch
    {
        OutcomeUnknownException or InvalidResponseException => false,
        OperationCanceledException canceled => canceled.InnerException is not OutcomeUnknownException,
        SixtyfourException => true,
        _ => false,
    };

    private static OutcomeUnknownException Lost(JournalLine line) => new(
        string.Format(
            CultureInfo.InvariantCulture,
            "File {0} of the run (rows {1:N0} to {2:N0}, from 0) was about to be sent at {3:u}, and no answer is known. "
            + "The service may have forgotten its idempotency key by now ({4}), so it was not sent again. "
            + "Check at the service whether it ran; with a longer {4} the run sends it again under the same key. All other files are done.",
            line.File,
            line.FirstRow,
            line.FirstRow + line.Rows - 1,
            line.At,
            nameof(BulkRunOptions<>.KeyLifetime)),
        line.Key);

    private async Task<JobSnapshot> LastAsync(JournalLine line, CancellationToken cancellationToken)
    {
        JobSnapshot? last = null;
        // The stages cost a request for each poll, and only progress needs them.
        var options = progress.IsReported ? new JobWaitOptions { Progress = progress.Of(line) } : null;
        await foreach (var snapshot in settings.Jobs.WatchAsync(line.Job!, options, cancellationToken).ConfigureAwait(false))
        {
            last = snapshot;
        }

        return last!;
    }
}

/// <summary>How a run ended.</summary>
/// <param name="Parts">The files that have a result, in input order.</param>
/// <param name="Failures">Why each of the others has none.</param>
internal sealed record RunEnd(IReadOnlyList<BulkRunPart> Parts, IReadOnlyList<SixtyfourException> Failures);

/// <summary>What each file of a run has reserved under the run's ceiling: its rows times the price, then the service's estimate, then the charge.</summary>
internal sealed class FileCosts(BulkPrice price)
{
    private readonly CostLedger _ledger = new(price.MaxCents, price.CentsPerRow);
    private readonly Dictionary<int, CostReservation> _files = [];

    /// <summary>Counts a file as the journal knows it.</summary>
    public void Take(JournalLine line)
    {
        lock (_files)
        {
            if (!_files.TryGetValue(line.File, out var reservation))
            {
                _files[line.File] = reservation = _ledger.Reserve(line.Rows);
            }

            // What cannot be an amount must not make room under the ceiling, and no sum may overflow.
            if (line.ChargedCents is >= 0 and <= BulkPrice.MostCents and var charged)
            {
                _ledger.Settle(reservation, charged);
            }
            else if (line.EstimatedCents is > 0 and <= BulkPrice.MostCents and var estimated)
            {
                // Not zero: that is what a service sends that knows no price.
                _ledger.Estimate(reservation, estimated);
            }
        }
    }

    /// <summary>Reserves what a file may cost, in place of what it has reserved; false when that does not fit under the ceiling.</summary>
    public bool TryReserve(int file, long rows)
    {
        lock (_files)
        {
            if (_files.TryGetValue(file, out var earlier))
            {
                _files.Remove(file);
                _ledger.Release(earlier);
            }

            if (_ledger.TryReserve(rows, out var reservation) is not CostVerdict.Go)
            {
                return false;
            }

            _files[file] = reservation;
            return true;
        }
    }

    /// <summary>Refuses rows that do not fit under the ceiling beside what is reserved.</summary>
    public void Check(long rows, string what)
    {
        if (_ledger.Needed(rows) is { } needed && needed > price.MaxCents)
        {
            throw BulkPrice.OverCeiling(price.MaxCents.Value, needed, what);
        }
    }
}
