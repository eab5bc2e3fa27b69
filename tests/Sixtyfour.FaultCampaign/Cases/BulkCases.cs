using Sixtyfour.FaultCampaign.Books;
using Sixtyfour.FaultCampaign.Sdk;

namespace Sixtyfour.FaultCampaign.Cases;

/// <summary>Files: submitted under a key, or run with a journal, killed and continued.</summary>
internal static class BulkCases
{
    public static async Task SubmissionAsync(Case user)
    {
        var (companies, rows, key) = (user.Dice.Next(2) is 0, 1 + user.Dice.Next(6), user.Dice.Next(2) is 0 ? $"import-{user.Number}" : null);
        user.Operation = key is null ? "submission" : "submission, own key";
        var (tokens, calls) = (user.Tokens(rows), user.NewClient().Calls);
        string? jobId = null;
        for (var tries = 0; tries < 4 && jobId is null; tries++)
        {
            var chargesBefore = user.Books.Charges.Count;
            try
            {
                jobId = await calls.SubmitAsync(companies, tokens, key, CancellationToken.None);
                user.Books.Told(new(tokens[0], SaidKind.Id, jobId, "handle"));
            }
            catch (Exception failure)
            {
                user.Note(tokens[0], failure, chargesBefore, user.Books.Charges.Count);
                jobId = (failure as SixtyfourException)?.JobId;
                key = KeyIn(failure) ?? key;
                if (key is null)
                {
                    return;
                }
            }
        }

        for (var tries = 0; tries < 5 && jobId is not null; tries++)
        {
            if (await user.TellAsync(tokens[0], () => calls.WaitForFileAsync(jobId, Case.Patience, CancellationToken.None)) is { } titles)
            {
                Check(user, tokens, titles, jobId);
                return;
            }
        }
    }

    /// <summary>A run of a few files. Each life but the last is killed, at a line of the journal or at any other moment.</summary>
    public static async Task RunAsync(Case user)
    {
        var (companies, files, lives) = (user.Dice.Next(2) is 0, 1 + user.Dice.Next(4), 1 + user.Dice.Next(4));
        var deaths = Enumerable.Range(0, lives - 1)
            .Select(_ => (Lines: user.Dice.Next(0, 6), IsBehind: user.Dice.Next(2) is 0, After: user.Dice.Next(5, 400))).ToList();
        user.Operation = lives > 1 ? "run, killed" : "run";
        var tokens = user.Tokens((files * BulkRuns.RowsPerFile) - user.Dice.Next(BulkRuns.RowsPerFile));
        var journal = new JournalOfLives();
        foreach (var (lines, isBehind, after) in deaths)
        {
            using var dead = user.NewRuns();
            var running = Task.Run(() => dead.RunAsync(companies, tokens, journal.Life(lines, isBehind, user.Kill), CancellationToken.None));
            await Task.WhenAny(running, Task.Delay(after));
            journal.End();
            user.Kill();
        }

        // The last life may end in doubt; running it again is what the documentation advises.
        for (var tries = 0; tries < 5; tries++)
        {
            using var runs = user.NewRuns();
            var titles = await user.TellAsync(
                null, () => runs.RunAsync(companies, tokens, journal.Life(int.MaxValue, isBehind: false, () => { }), CancellationToken.None));
            if (titles is not null)
            {
                Check(user, tokens, titles, jobId: null);
                break;
            }
        }

        await user.SettleAsync();
        NoteJournal(user, journal.Lines);
    }

    // What the journal holds is told: the ids, and the keys of files that may have been accepted.
    private static void NoteJournal(Case user, IReadOnlyList<string> lines)
    {
        foreach (var charge in user.Books.Charges)
        {
            if (lines.Any(line => line.Contains(charge.JobId!, StringComparison.Ordinal)))
            {
                user.Books.Told(new(charge.Token, SaidKind.Id, charge.JobId, "journal"));
            }
            else if (charge.Key is { } key && lines.Any(line => line.Contains(key, StringComparison.Ordinal)))
            {
                user.Books.Told(new(charge.Token, SaidKind.Doubt, null, "key in the journal"));
            }
        }
    }

    private static string? KeyIn(Exception? failure)
    {
        while (failure is not (null or OutcomeUnknownException { IdempotencyKey: not null }))
        {
            failure = failure.InnerException;
        }

        return (failure as OutcomeUnknownException)?.IdempotencyKey;
    }

    private static void Check(Case user, IReadOnlyList<string> tokens, IReadOnlyList<string?> titles, string? jobId)
    {
        if (titles.Count != tokens.Count)
        {
            user.Findings.Add(new(user.Number, Verdict.WrongResult, user.Operation, $"{titles.Count} rows for {tokens.Count}"));
            return;
        }

        // The charges are known by the first row of each file.
        for (var i = 0; i < tokens.Count; i += jobId is null ? BulkRuns.RowsPerFile : tokens.Count)
        {
            user.NoteResult(tokens[i], jobId, titles[i], "rows");
        }
    }
}
