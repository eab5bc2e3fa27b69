namespace Sixtyfour.Research;

/// <summary>
/// Keeps a run below its ceiling: what was charged, plus what is reserved for everything whose charge is not known yet. A reservation is worth its own estimate
/// or, per unit (a call, a row), the price; the price rises with what is charged, also for what is open. What stays without a charge counts for good.
/// </summary>
/// <param name="limit">The ceiling in US cents; null for none.</param>
/// <param name="known">The price of a unit, as the caller or the vendor names it.</param>
internal sealed class CostLedger(decimal? limit, decimal? known)
{
    private readonly object _gate = new();
    private decimal? _highest;
    private decimal _estimated;
    private long _unpriced;
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

    private decimal Reserved => _estimated + (_unpriced * (Price ?? 0));

    /// <summary>For what was sent earlier: it counts, whatever the ceiling says.</summary>
    public CostReservation Reserve(long units)
    {
        lock (_gate)
        {
            _unpriced += units;
            _open++;
            return new(units);
        }
    }

    /// <summary>Before anything is sent that can charge.</summary>
    public CostVerdict TryReserve(long units, out CostReservation reservation)
    {
        reservation = new(units);
        lock (_gate)
        {
            if (limit is { } ceiling && !MayStart(units, ceiling))
            {
                // What is open may come cheaper than its reservation, and nothing is lost by waiting: the run ends no sooner.
                return _open > 0 ? CostVerdict.Wait : CostVerdict.Stop;
            }

            _unpriced += units;
            _open++;
            return CostVerdict.Go;
        }
    }

    /// <summary>Nothing ran.</summary>
    public void Release(CostReservation reservation)
    {
        lock (_gate)
        {
            Free(reservation);
            Close();
        }
    }

    /// <summary>The service named an amount for it that is not final.</summary>
    public void Estimate(CostReservation reservation, decimal cents)
    {
        lock (_gate)
        {
            Free(reservation);
            reservation.Cents = cents;
            _estimated += cents;
            Learn(reservation.Units, cents);
            Signal();
        }
    }

    /// <summary>It has ended. Without a charge it stays reserved; a later charge takes the place of an earlier one.</summary>
    public void Settle(CostReservation reservation, decimal? charge)
    {
        lock (_gate)
        {
            var wasCharged = reservation.IsCharged;
            if (charge is { } cents)
            {
                Free(reservation);
                (reservation.Cents, reservation.IsCharged) = (cents, true);
                Charged += cents;
                Learn(reservation.Units, cents);
            }
            else
            {
                _isUnknowable |= Price is null;
            }

            if (!wasCharged)
            {
                Close();
            }
        }
    }

    /// <summary>The ceiling that would do for so many units more; null when no price is known.</summary>
    public decimal? Needed(long units)
    {
        lock (_gate)
        {
            return Price is { } price ? Charged + Reserved + (units * price) : null;
        }
    }

    public CostLimitException Exceeded()
    {
        lock (_gate)
        {
            var needed = Price is { } price ? Charged + Reserved + price : (decimal?)null;
            var why = needed is null
                ? "a job ended and its charge is not known, so no price is: name one in CentsPerCall"
                : $"the next call could bring it to {needed} cents ({Charged} charged, {Reserved} reserved for what may be charged and is not known)";
            return new($"Nothing more was started: the ceiling is {limit} cents, and {why}. Everything that was started has been yielded.")
            {
                LimitCents = limit,
                NeededCents = needed,
            };
        }
    }

    private bool MayStart(long units, decimal ceiling) => Price is { } price
        ? Charged + Reserved + (units * price) <= ceiling
        : _open is 0 && !_isUnknowable && ceiling > 0;

    private void Free(CostReservation reservation)
    {
        if (reservation is { Cents: { } charged, IsCharged: true })
        {
            Charged -= charged;
        }
        else if (reservation.Cents is { } cents)
        {
            _estimated -= cents;
        }
        else
        {
            _unpriced -= reservation.Units;
        }
    }

    private void Learn(long units, decimal cents) => _highest = units > 0 ? Math.Max(_highest ?? 0, cents / units) : _highest;

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

/// <summary>What is reserved for one thing that was sent.</summary>
/// <param name="units">How many calls or rows it is.</param>
internal sealed class CostReservation(long units)
{
    public long Units { get; } = units;

    /// <summary>What the service estimated or charged for it; null for units times price.</summary>
    public decimal? Cents { get; set; }

    public bool IsCharged { get; set; }
}

internal enum CostVerdict
{
    Go,

    /// <summary>Perhaps, when something open has ended.</summary>
    Wait,

    /// <summary>It could pass the ceiling.</summary>
    Stop,
}

/// <summary>What the vendor documents as the price of a call or a row, in US cents; null where no price is documented.</summary>
internal static class DocumentedPrices
{
    // The vendor names one price: a person at tier low, which is also what no tier means. Source: the people-intelligence and bulk pages.
    private const decimal PersonAtTierLow = 10;

    // No page names one.
    public static decimal? OfCompany => null;

    public static decimal? OfPerson(Tier tier) => !tier.IsSpecified || tier == Tier.Low ? PersonAtTierLow : null;
}
