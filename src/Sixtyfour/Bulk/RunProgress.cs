namespace Sixtyfour.Bulk;

/// <summary>Counts what a run has done, and reports it in order.</summary>
internal sealed class RunProgress(IProgress<BulkProgress>? progress)
{
    private readonly object _gate = new();
    private readonly Dictionary<int, long> _rowsOf = [];
    private Counts _now;

    public bool IsReported => progress is not null;

    public void RowsKnown(long rows)
    {
        lock (_gate)
        {
            _now = _now with { Rows = Math.Max(rows, _now.Rows) };
        }
    }

    public void Submitted(decimal? estimatedCents) => Tell(now => now with
    {
        FilesSubmitted = now.FilesSubmitted + 1,
        EstimatedCents = estimatedCents is null ? now.EstimatedCents : (now.EstimatedCents ?? 0) + estimatedCents,
    });

    public void Done(JournalLine line, decimal? chargedCents) => Tell(now => With(line.File, line.Rows, now) with
    {
        FilesDone = now.FilesDone + 1,
        ChargedCents = now.ChargedCents + (chargedCents ?? 0),
    });

    /// <summary>Takes what the polls of the job of a file show.</summary>
    public IProgress<JobSnapshot> Of(JournalLine line) => new Polls(this, line);

    // The first stage only reads the file. A count beyond the file's own rows counts something else.
    private void Seen(JournalLine line, JobSnapshot snapshot)
    {
        var processed = snapshot.Stages.Skip(1).LastOrDefault(stage => stage.Processed > 0)?.Processed;
        if (processed < line.Rows)
        {
            Tell(now => With(line.File, processed.Value, now));
        }
    }

    private Counts With(int file, long rows, Counts now)
    {
        _rowsOf[file] = Math.Max(rows, _rowsOf.TryGetValue(file, out var known) ? known : 0);
        return now with { RowsDone = _rowsOf.Values.Sum() };
    }

    private void Tell(Func<Counts, Counts> change)
    {
        lock (_gate)
        {
            var next = change(_now);
            if (next != _now)
            {
                _now = next;
                progress?.Report(_now.ToProgress());
            }
        }
    }

    private readonly record struct Counts(int FilesSubmitted, int FilesDone, long Rows, long RowsDone, decimal ChargedCents, decimal? EstimatedCents)
    {
        public BulkProgress ToProgress() => new()
        {
            FilesSubmitted = FilesSubmitted,
            FilesDone = FilesDone,
            Rows = Rows,
            RowsDone = RowsDone,
            ChargedCents = ChargedCents,
            EstimatedCostCents = EstimatedCents,
        };
    }

    private sealed class Polls(RunProgress progress, JournalLine line) : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value) => progress.Seen(line, value);
    }
}
