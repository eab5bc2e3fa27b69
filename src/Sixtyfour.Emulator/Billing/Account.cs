namespace Sixtyfour.Emulator.Billing;

/// <summary>The money. A call is charged when its work is accepted; work that fails or is cancelled is not charged after all.</summary>
internal sealed class Account
{
    private readonly object _gate = new();
    private readonly decimal _startBalanceCents;
    private decimal _balanceCents;
    private decimal _chargedCents;

    public Account(decimal startBalanceCents) => _startBalanceCents = _balanceCents = startBalanceCents;

    public decimal BalanceCents
    {
        get
        {
            lock (_gate)
            {
                return _balanceCents;
            }
        }

        set
        {
            lock (_gate)
            {
                _balanceCents = value;
            }
        }
    }

    public decimal ChargedCents
    {
        get
        {
            lock (_gate)
            {
                return _chargedCents;
            }
        }
    }

    /// <summary>False when the balance does not cover the price: then nothing is charged.</summary>
    public bool TryCharge(decimal cents)
    {
        lock (_gate)
        {
            if (_balanceCents < cents)
            {
                return false;
            }

            _balanceCents -= cents;
            _chargedCents += cents;
            return true;
        }
    }

    public void GiveBack(decimal cents)
    {
        lock (_gate)
        {
            _balanceCents += cents;
            _chargedCents -= cents;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _balanceCents = _startBalanceCents;
            _chargedCents = 0;
        }
    }
}
