namespace Sixtyfour.Bulk;

/// <summary>Counts what a run has done, and tells it in order.</summary>
internal sealed class RunProgress(IProgress<BulkProgress>? told)
{
    private readonly object _gate = new();
    private BulkProgress _now = new(0, 0, 0, 0, 0);

    public void RowsKnown(long rows)
    {
        lock (_gate)
        {
            _now = _now with { Rows = Math.Max(rows, _now.Rows) };
        }
    }

    public void Submitted() => Tell(now => now with { FilesSubmitted = now.FilesSubmitted + 1 });

    public void Done(long rows, decimal? chargedCents) => Tell(now => now with
    {
        FilesDone = now.FilesDone + 1,
        RowsDone = now.RowsDone + rows,
        ChargedCents = now.ChargedCents + (chargedCents ?? 0),
    });

    private void Tell(Func<BulkProgress, BulkProgress> change)
    {
        lock (_gate)
        {
            _now = change(_now);
            told?.Report(_now);
        }
    }
}
