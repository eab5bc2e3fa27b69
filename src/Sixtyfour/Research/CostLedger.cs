namespace Sixtyfour.Research;

/// <summary>
/// Keeps a run below its ceiling: what was charged, plus the price for each job whose charge is not known yet. The price rises with what is charged, also for what
/// is open; a job whose charge stays unknown counts for good.
/// </summary>
/// <param name="limit">The ceiling; null for none.</param>
/// <param name="known">The price, as the caller or the vendor names it.</param>
internal sealed class CostLedger(decimal? limit, decimal? known)
{
    private readonly object _gate = new();
    private decimal? _highest;
    private int _uncharged;
    private int _open;
    private bool _isUnknowable;
    private TaskCompletionSource<bool> _changed = NewSignal();

    public decimal Charged { get; private set; }

    /// <summary>Completes when something has changed since it was asked for.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    // A charge above what was named is what the next one must be expected to cost.
    private decimal? Price => known is { } price ? Math.Max(price, _highest ?? 0) : _highest;

    private decimal Reserved => _uncharged * (Price ?? 0);

    public CostVerdict TryReserve()
    {
        lock (_gate)
        {
            if (limit is { } ceiling && !MayStart(ceiling))
            {
                // What is open may come cheaper than its reservation, and nothing is lost by waiting: the run ends no sooner.
                return _open > 0 ? CostVerdict.Wait : CostVerdict.Stop;
            }

            _uncharged++;
            _open++;
            return CostVerdict.Go;
        }
    }

    /// <summary>Nothing ran.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _uncharged--;
            Close();
        }
    }

    /// <summary>It has ended, or nobody can tell.</summary>
    public void Settle(decimal? charge)
    {
        lock (_gate)
        {
            if (charge is { } cents)
            {
                _uncharged--;
                Count(cents);
            }
            else
            {
                _isUnknowable |= Price is null;
            }

            Close();
        }
    }

    /// <summary>A job that this run did not start: it tells a price, and does not count against the ceiling.</summary>
    public void Learn(decimal? charge)
    {
        lock (_gate)
        {
            if (charge is { } cents)
            {
                _highest = Math.Max(_highest ?? 0, cents);
                Signal();
            }
        }
    }

    public CostLimitException Exceeded()
    {
        lock (_gate)
        {
            var needed = Price is { } price ? Charged + Reserved + price : (decimal?)null;
            var why = needed is null
                ? "a job ended and its charge is not known, so no price is: name one in CentsPerCall"
                : $"the next call could bring it to {needed} cents ({Charged} charged, {Reserved} reserved for jobs whose charge is not known)";
            return new($"Nothing more was started: the ceiling is {limit} cents, and {why}. Everything that was started has been yielded.") { LimitCents = limit, NeededCents = needed };
        }
    }

    private bool MayStart(decimal ceiling) => Price is { } price
        ? Charged + Reserved + price <= ceiling
        : _open is 0 && !_isUnknowable && ceiling > 0;

    private void Count(decimal cents)
    {
        Charged += cents;
        _highest = Math.Max(_highest ?? 0, cents);
    }

    private void Close()
    {
        _open--;
        Signal();
    }

    private void Signal()
    {
        _changed.TrySetResult(true);
        _changed = NewSignal();
    }

    private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal enum CostVerdict
{
    Go,

    /// <summary>Perhaps, when an open job has ended.</summary>
    Wait,

    /// <summary>It could pass the ceiling.</summary>
    Stop,
}

/// <summary>What the vendor documents as the price of a call or a row, in US cents; null where no price is documented.</summary>
internal static class DocumentedPrices
{
    // The vendor names one price: a person at tier low, which is also what no tier means. Source: the people-intelligence and bulk pages.
    private const decimal PersonAtTierLow = 10;

    public static decimal? OfPerson(Tier tier) => !tier.IsSpecified || tier == Tier.Low ? PersonAtTierLow : null;
}
