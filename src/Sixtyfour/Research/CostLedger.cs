namespace Sixtyfour.Research;

/// <summary>
/// Keeps a run below its ceiling: the charges, plus what is reserved for everything whose charge is not yet known. A reservation counts with its own estimate
/// or, per unit (a call, a row), with the price; the price rises with each higher charge, also for open reservations. A reservation without a charge remains.
/// </summary>
/// <param name="limit">The ceiling in US cents; null for none.</param>
/// <param name="known">The price of a unit that the caller or the vendor names; null for none.</param>
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

    // After a charge above the named price the next unit is expected to cost as much.
    private decimal? Price => known is { } price ? Math.Max(price, _highest ?? 0) : _highest;

    private decimal Reserved => _estimated + (_unpriced * (Price ?? 0));

    /// <summary>Reserves for a request that was sent earlier, even above the ceiling.</summary>
    public CostReservation Reserve(long units)
    {
        lock (_gate)
        {
            _unpriced += units;
            _open++;
            return new(units);
        }
    }

    /// <summary>Reserves before a paid request is sent.</summary>
    public CostVerdict TryReserve(long units, out CostReservation reservation)
    {
        reservation = new(units);
        lock (_gate)
        {
            if (limit is { } ceiling && !MayStart(units, ceiling))
            {
                // An open request may cost less than its reservation, and waiting loses nothing: the run does not end sooner.
                return _open > 0 ? CostVerdict.Wait : CostVerdict.Stop;
            }

            _unpriced += units;
            _open++;
            return CostVerdict.Go;
        }
    }

    /// <summary>Nothing was charged.</summary>
    public void Release(CostReservation reservation)
    {
        lock (_gate)
        {
            Free(reservation);
            Close();
        }
    }

    /// <summary>The service estimated the charge.</summary>
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

    /// <summary>The request has ended. Without a charge it stays reserved; a later charge replaces an earlier one.</summary>
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

    /// <summary>The ceiling that would allow that many units more; null when no price is known.</summary>
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
                ? "a job ended without a known charge, so there is no price: set CentsPerCall"
                : $"the next call could bring it to {needed} cents ({Charged} charged, {Reserved} reserved for charges that are not yet known)";
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

    /// <summary>Possible after an open request has ended.</summary>
    Wait,

    /// <summary>It could exceed the ceiling.</summary>
    Stop,
}

/// <summary>What the vendor documents as the price of a call or a row, in US cents; null where no price is documented.</summary>
internal static class DocumentedPrices
{
    // The only documented price: a person at tier low, which is also the default tier. Source: the people-intelligence and bulk pages.
    private const decimal PersonAtTierLow = 10;

    // No vendor page names one.
    public static decimal? OfCompany => null;

    public static decimal? OfPerson(Tier tier) => !tier.IsSpecified || tier == Tier.Low ? PersonAtTierLow : null;
}
