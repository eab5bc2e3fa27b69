using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Many;

namespace Sixtyfour.Tests.Leads;

public sealed class ManyCostTests
{
    [Fact]
    public void Nothing_is_started_that_could_pass_the_ceiling()
    {
        var ledger = new CostLedger(limit: 35, known: 10);

        for (var i = 0; i < 3; i++)
        {
            ledger.TryReserve(out var reservation).Should().Be(CostVerdict.Go);
            reservation.Should().Be(10);
        }

        ledger.TryReserve(out _).Should().Be(CostVerdict.Wait, "an open job may come cheaper");
        for (var i = 0; i < 3; i++)
        {
            ledger.Settle(10, 10);
        }

        ledger.TryReserve(out _).Should().Be(CostVerdict.Stop);
        var error = ledger.Exceeded();
        error.LimitCents.Should().Be(35);
        error.NeededCents.Should().Be(40);
    }

    [Fact]
    public void Real_charges_replace_reservations()
    {
        var ledger = new CostLedger(limit: 20, known: 10);
        ledger.TryReserve(out var first);
        ledger.TryReserve(out var second);
        ledger.TryReserve(out _).Should().Be(CostVerdict.Wait);

        ledger.Settle(first, 5);
        ledger.TryReserve(out _).Should().Be(CostVerdict.Wait);
        ledger.Settle(second, 5);

        ledger.TryReserve(out _).Should().Be(CostVerdict.Go);
        ledger.Charged.Should().Be(10);
    }

    [Fact]
    public void While_no_price_is_known_one_job_goes_ahead()
    {
        var ledger = new CostLedger(limit: 100, known: null);

        ledger.TryReserve(out var reservation).Should().Be(CostVerdict.Go);
        ledger.TryReserve(out _).Should().Be(CostVerdict.Wait);
        ledger.Settle(reservation, 40);

        ledger.TryReserve(out reservation).Should().Be(CostVerdict.Go);
        reservation.Should().Be(40);
        ledger.TryReserve(out _).Should().Be(CostVerdict.Wait);
        ledger.Settle(reservation, 40);
        ledger.TryReserve(out _).Should().Be(CostVerdict.Stop);
    }

    [Fact]
    public void A_job_whose_charge_stays_unknown_keeps_its_reservation()
    {
        var ledger = new CostLedger(limit: 20, known: 10);
        ledger.TryReserve(out var first);
        ledger.Settle(first, charge: null);

        ledger.TryReserve(out var second).Should().Be(CostVerdict.Go);
        ledger.Settle(second, 10);

        ledger.TryReserve(out _).Should().Be(CostVerdict.Stop);
        ledger.Charged.Should().Be(10);
    }

    [Fact]
    public void Without_price_and_charge_the_ceiling_cannot_be_kept()
    {
        var ledger = new CostLedger(limit: 1_000, known: null);
        ledger.TryReserve(out var reservation);
        ledger.Settle(reservation, charge: null);

        ledger.TryReserve(out _).Should().Be(CostVerdict.Stop);
        var error = ledger.Exceeded();
        error.NeededCents.Should().BeNull();
        error.Message.Should().Contain("CentsPerCall");
    }

    [Fact]
    public void What_never_ran_costs_nothing()
    {
        var ledger = new CostLedger(limit: 10, known: 10);
        ledger.TryReserve(out var reservation);
        ledger.Release(reservation);

        ledger.TryReserve(out _).Should().Be(CostVerdict.Go);
    }

    [Fact]
    public void A_charge_above_the_named_price_is_what_the_next_one_is_expected_to_cost()
    {
        var ledger = new CostLedger(limit: 100, known: 10);
        ledger.TryReserve(out var first);
        ledger.Settle(first, 60);

        ledger.TryReserve(out _).Should().Be(CostVerdict.Stop);
    }

    [Fact]
    public void Without_a_ceiling_everything_goes()
    {
        var ledger = new CostLedger(limit: null, known: null);
        for (var i = 0; i < 1_000; i++)
        {
            ledger.TryReserve(out _).Should().Be(CostVerdict.Go);
        }
    }

    [Fact]
    public void Charges_never_pass_the_ceiling_as_long_as_no_price_rises() =>
        Prop.ForAll(
            Gen.Zip(Gen.Choose(0, 300), Gen.Choose(0, 1_000_000)).ToArbitrary(),
            pair =>
            {
                var (limit, seed) = pair;
                var random = new Random(seed);
                var ledger = new CostLedger(limit, random.Next(2) is 0 ? 10 : null);
                var open = new List<decimal>();
                var charge = 1 + random.Next(10);
                for (var step = 0; step < 200; step++)
                {
                    if (random.Next(2) is 0 && ledger.TryReserve(out var reservation) is CostVerdict.Go)
                    {
                        open.Add(reservation);
                    }
                    else if (open.Count > 0)
                    {
                        // 10 at most where the price is 10; where none is known the first job tells.
                        var at = random.Next(open.Count);
                        ledger.Settle(open[at], random.Next(5) is 0 ? null : charge);
                        open.RemoveAt(at);
                    }
                }

                // Where no price is known the first job is a leap.
                return ledger.Charged <= Math.Max(limit, 10);
            }).Check(Config.QuickThrowOnFailure);
}
