using System.Globalization;

namespace Sixtyfour.Bulk;

/// <summary>What happens to one file of a run: it is sent, and its job is waited for. Each step is in the journal before the next one begins.</summary>
internal sealed class FileProcessor(BulkRunSettings settings, JournalState ledger, RunCosts costs, RunProgress progress)
{
    private readonly Dictionary<int, JobSnapshot> _ended = [];

    /// <summary>The service may have forgotten the key of the file: sending it again could start a second job.</summary>
    public bool IsKeyTooOld(int number) => TimeLeft(number) <= TimeSpan.Zero;

    /// <summary>Sends a file that is in the journal already.</summary>
    /// <returns>False when its key became too old before its turn came.</returns>
    public async Task<bool> SendAsync(NumberedFile file, bool mayBeKnown, CancellationToken cancellationToken)
    {
        var number = file.Number;
        if (IsKeyTooOld(number))
        {
            return false;
        }

        BulkStart start;
        try
        {
            start = await settings.Sender.SendAsync(settings.Call, file.Content, ledger[number].Key, mayBeKnown, TimeLeft(number), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!mayBeKnown && NothingWasStarted(e))
        {
            // Only of the first time a key is used: a refusal to the second one says nothing about the first.
            await ledger.UpdateAsync(number, line => line with { IsRefused = true }).ConfigureAwait(false);
            throw;
        }

        await ledger.UpdateAsync(number, line => line with { Job = start.JobId, EstimatedCents = start.EstimatedCents }).ConfigureAwait(false);
        costs.Take(ledger[number]);
        return true;
    }

    /// <summary>Waits for the job of a file, however it ends.</summary>
    public async Task WaitAsync(int number, CancellationToken cancellationToken)
    {
        progress.Submitted(ledger[number].EstimatedCents);
        var last = await LastAsync(ledger[number], cancellationToken).ConfigureAwait(false);
        if (last.ChargeCents is { } charged && charged != ledger[number].ChargedCents)
        {
            await ledger.UpdateAsync(number, line => line with { ChargedCents = charged }).ConfigureAwait(false);
            costs.Take(ledger[number]);
        }

        lock (_ended)
        {
            _ended[number] = last;
        }

        progress.Done(ledger[number], last.ChargeCents);
    }

    /// <summary>What has become of the files, once everything has ended.</summary>
    public RunEnd End()
    {
        var lines = Enumerable.Range(1, ledger.Count).Select(number => ledger[number]).ToList();
        return new(
            [.. lines.Where(HasResult).Select(line => new BulkRunPart(_ended[line.File], line.FirstRow, line.Rows))],
            [.. lines.Where(line => !HasResult(line)).Select(line => _ended.TryGetValue(line.File, out var end) ? settings.Jobs.Failure(end) : Lost(line))]);
    }

    private bool HasResult(JournalLine line) => _ended.TryGetValue(line.File, out var end) && end.Status.IsSuccess;

    // A time in the future is no younger than one in the past: one of the two clocks was wrong.
    private TimeSpan TimeLeft(int number) => settings.KeyLifetime - (settings.Clock.GetUtcNow() - ledger[number].At).Duration();

    // Whatever leaves an attempt in doubt arrives as OutcomeUnknownException, or as an answer without an id. A key that the service knows already is that of
    // another file only if the caller chose it; one that was made here can be known from nothing but this file.
    private bool NothingWasStarted(Exception failure) => failure switch
    {
        OutcomeUnknownException => false,
        InvalidResponseException answered => !answered.MayHaveRun && settings.Call.IdempotencyKey is not null,
        OperationCanceledException cancelled => cancelled.InnerException is not OutcomeUnknownException,
        SixtyfourException => true,
        _ => false,
    };

    private static OutcomeUnknownException Lost(JournalLine line) => new(
        string.Format(
            CultureInfo.InvariantCulture,
            "File {0} of the run (rows {1:N0} to {2:N0}, from 0) was about to be sent at {3:u}, and no answer is known. The service may have forgotten its idempotency key by now ({4}), "
            + "so it was not sent again. Look whether it ran; with a longer {4} the run sends it again under the same key. All other files are done.",
            line.File,
            line.FirstRow,
            line.FirstRow + line.Rows - 1,
            line.At,
            nameof(BulkOptions.KeyLifetime)),
        line.Key);

    private async Task<JobSnapshot> LastAsync(JournalLine line, CancellationToken cancellationToken)
    {
        JobSnapshot? last = null;
        // Its stages cost a request a look, and are of no use where nobody is told.
        var options = progress.IsTold ? new JobWaitOptions { Progress = progress.Of(line) } : null;
        await foreach (var snapshot in settings.Jobs.WatchAsync(line.Job!, options, cancellationToken).ConfigureAwait(false))
        {
            last = snapshot;
        }

        return last!;
    }
}

/// <summary>What a run has come to.</summary>
/// <param name="Parts">The files that have a result, in input order.</param>
/// <param name="Failures">Why each of the others has none.</param>
internal sealed record RunEnd(IReadOnlyList<BulkRunPart> Parts, IReadOnlyList<SixtyfourException> Failures);
