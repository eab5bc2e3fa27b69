using System.Globalization;
using Sixtyfour.Jobs;

namespace Sixtyfour.Bulk;

/// <summary>What happens to one file of a run: it is sent, and its job is waited for. Each step is in the journal before the next one begins.</summary>
internal sealed class RunWork(BulkCall call, RunLedger ledger, RunCosts costs, RunProgress progress, BulkSender sender, IJobSource jobs)
{
    private readonly Dictionary<int, JobSnapshot> _ended = [];

    /// <summary>Sends a file that is in the journal already.</summary>
    public async Task SendAsync(NumberedFile file, bool mayBeKnown, CancellationToken cancellationToken)
    {
        var number = file.Number;
        BulkStart start;
        try
        {
            start = await sender.SendAsync(call, file.Content, ledger[number].Key, mayBeKnown, isPatient: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (NothingWasStarted(e))
        {
            await ledger.UpdateAsync(number, line => line with { IsRefused = true }).ConfigureAwait(false);
            throw;
        }

        await ledger.UpdateAsync(number, line => line with { Job = start.JobId, EstimatedCents = start.EstimatedCents }).ConfigureAwait(false);
        costs.Take(ledger[number]);
    }

    /// <summary>Waits for the job of a file, however it ends.</summary>
    public async Task WaitAsync(int number, CancellationToken cancellationToken)
    {
        progress.Submitted();
        var last = await LastAsync(ledger[number].Job!, cancellationToken).ConfigureAwait(false);
        if (last.ChargeCents is { } charged && charged != ledger[number].ChargedCents)
        {
            await ledger.UpdateAsync(number, line => line with { ChargedCents = charged }).ConfigureAwait(false);
            costs.Take(ledger[number]);
        }

        lock (_ended)
        {
            _ended[number] = last;
        }

        progress.Done(ledger[number].Rows, last.ChargeCents);
    }

    /// <summary>All files in input order, once everything has ended; throws for the first one that has no result.</summary>
    public IReadOnlyList<BulkRunPart> Parts() =>
    [
        .. Enumerable.Range(1, ledger.Count).Select(number => ledger[number]).Select(line =>
            !_ended.TryGetValue(line.File, out var end) ? throw Lost(line)
            : end.Status.IsSuccess ? new BulkRunPart(end, line.FirstRow, line.Rows)
            : throw jobs.Failure(end)),
    ];

    // Whatever leaves an attempt in doubt arrives as OutcomeUnknownException, or as an answer without an id.
    private static bool NothingWasStarted(Exception failure) => failure switch
    {
        OutcomeUnknownException => false,
        InvalidResponseException answered => answered.JobId is not null,
        OperationCanceledException cancelled => cancelled.InnerException is not OutcomeUnknownException,
        SixtyfourException => true,
        _ => false,
    };

    private static OutcomeUnknownException Lost(RunLine line) => new(
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

    private async Task<JobSnapshot> LastAsync(string jobId, CancellationToken cancellationToken)
    {
        JobSnapshot? last = null;
        await foreach (var snapshot in jobs.WatchAsync(jobId, null, cancellationToken).ConfigureAwait(false))
        {
            last = snapshot;
        }

        return last!;
    }
}
