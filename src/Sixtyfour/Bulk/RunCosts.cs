namespace Sixtyfour.Bulk;

/// <summary>What a run has cost and may still cost: for each file rows times price, then the service's estimate, then the charge.</summary>
internal sealed class RunCosts(BulkPrice price)
{
    private readonly object _gate = new();
    private readonly Dictionary<int, decimal> _files = [];
    private decimal? _centsPerRow = price.CentsPerRow;

    /// <summary>Counts a file as known to the journal.</summary>
    public void Take(JournalLine line)
    {
        lock (_gate)
        {
            var known = Charge(line.ChargedCents) ?? Estimate(line.EstimatedCents);
            _files[line.File] = known ?? line.Rows * (_centsPerRow ?? 0);
            Learn(known, line.Rows);
        }
    }

    /// <summary>Sets aside what a file may cost; false when that does not fit under the ceiling.</summary>
    public bool TryReserve(int file, long rows)
    {
        lock (_gate)
        {
            if (Needed(file, rows) is { } needed && needed > price.MaxCents)
            {
                return false;
            }

            _files[file] = rows * (_centsPerRow ?? 0);
            return true;
        }
    }

    /// <summary>Refuses rows that do not fit under the ceiling.</summary>
    public void Check(int file, long rows, string what)
    {
        lock (_gate)
        {
            if (Needed(file, rows) is { } needed && needed > price.MaxCents)
            {
                throw BulkPrice.TooDear(price.MaxCents.Value, needed, what);
            }
        }
    }

    // What cannot be an amount must not make room under the ceiling, nor a sum overflow.
    private static decimal? Charge(decimal? cents) => cents is >= 0 and <= BulkPrice.MostCents ? cents : null;

    // Research for nothing is not announced; a service that knows no price may well send a zero.
    private static decimal? Estimate(decimal? cents) => cents is > 0 and <= BulkPrice.MostCents ? cents : null;

    private decimal? Needed(int file, long rows) => _files.Where(known => known.Key != file).Sum(known => known.Value) + (rows * _centsPerRow);

    // The files that follow will hardly be cheaper than the dearest so far.
    private void Learn(decimal? cents, long rows)
    {
        if (cents is { } known && rows > 0 && known / rows > _centsPerRow)
        {
            _centsPerRow = known / rows;
        }
    }
}
