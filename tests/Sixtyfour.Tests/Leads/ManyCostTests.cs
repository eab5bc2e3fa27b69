using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Research;

namespace Sixtyfour.Tests.Leads;

public sealed class ManyCostTests
{
    [Fact]
    public void Nothing_is_started_that_could_pass_the_ceiling()
    {
        var ledger = new Ledger(limit: 35, known: 10);

        for (var i = 0; i < 3; i++)
        {
            ledger.TryReserve().Should().Be(CostVerdict.Go);
        }

        ledger.TryReserve().Should().Be(CostVerdict.Wait, "an open job may come cheaper");
        for (var i = 0; i < 3; i++)
        {
            ledger.Settle(10);
        }

        ledger.TryReserve().Should().Be(CostVerdict.Stop);
        var error = ledger.Exceeded();
        error.LimitCents.Should().Be(35);
        error.NeededCents.Should().Be(40);
    }

    [Fact]
    public void Real_charges_replace_reservations()
    {
        var ledger = new Ledger(limit: 20, known: 10);
        ledger.TryReserve();
        ledger.TryReserve();
        ledger.TryReserve().Should().Be(CostVerdict.Wait);

        ledger.Settle(5);
        ledger.TryReserve().Should().Be(CostVerdict.Wait);
        ledger.Settle(5);

        ledger.TryReserve().Should().Be(CostVerdict.Go);
        ledger.Charged.Should().Be(10);
    }

    [Fact]
    public void While_no_price_is_known_one_job_goes_ahead()
    {
        var ledger = new Ledger(limit: 100, known: null);

        ledger.TryReserve().Should().Be(CostVerdict.Go);
        ledger.TryReserve().Should().Be(CostVerdict.Wait);
        ledger.Settle(40);

        ledger.TryReserve().Should().Be(CostVerdict.Go);
        ledger.TryReserve().Should().Be(CostVerdict.Wait);
        ledger.Settle(40);
        ledger.TryReserve().Should().Be(CostVerdict.Stop);
    }

    [Fact]
    public void A_job_whose_charge_stays_unknown_keeps_its_reservation()
    {
        var ledger = new Ledger(limit: 20, known: 10);
        ledger.TryReserve();
        ledger.Settle(charge: null);

        ledger.TryReserve().Should().Be(CostVerdict.Go);
        ledger.Settle(10);

        ledger.TryReserve().Should().Be(CostVerdict.Stop);
        ledger.Charged.Should().Be(10);
    }

    [Fact]
    public void Without_price_and_charge_the_ceiling_cannot_be_kept()
    {
        var ledger = new Ledger(limit: 1_000, known: null);
        ledger.TryReserve();
        ledger.Settle(charge: null);

        ledger.TryReserve().Should().Be(CostVerdict.Stop);
        var error = ledger.Exceeded();
        error.NeededCents.Should().BeNull();
        error.Message.Should().Contain("CentsPerCall");
    }

    [Fact]
    public void What_never_ran_costs_nothing()
    {
        var ledger = new Ledger(limit: 10, known: 10);
        ledger.TryReserve();
        ledger.Release();

        ledger.TryReserve().Should().Be(CostVerdict.Go);
    }

    [Fact]
    public void A_charge_above_the_named_price_is_what_the_next_one_is_expected_to_cost()
    {
        var ledger = new Ledger(limit: 100, known: 10);
        ledger.TryReserve();
        ledger.Settle(60);

        ledger.TryReserve().Should().Be(CostVerdict.Stop);
    }

    [Fact]
    public void A_charge_above_the_named_price_is_what_all_that_is_open_is_expected_to_cost()
    {
        var ledger = new Ledger(limit: 200, known: 10);
        for (var i = 0; i < 4; i++)
        {
            ledger.TryReserve().Should().Be(CostVerdict.Go);
        }

        ledger.Settle(60);

        ledger.TryReserve().Should().Be(CostVerdict.Wait, "60 were charged, and three may come to 60 each");
        ledger.Settle(10);
        ledger.Settle(10);
        ledger.TryReserve().Should().Be(CostVerdict.Go, "80 were charged, and two may come to 60 each");
    }

    [Fact]
    public void An_estimate_takes_the_place_of_the_price_and_raises_it_for_what_follows()
    {
        var ledger = new CostLedger(limit: 1_000, known: 1);
        ledger.TryReserve(100, out var file).Should().Be(CostVerdict.Go);

        ledger.Estimate(file, 400);

        ledger.Needed(100).Should().Be(800, "400 are estimated, and the next 100 rows are expected to cost as much");
        ledger.TryReserve(151, out _).Should().Be(CostVerdict.Wait);
        ledger.Settle(file, 100);
        ledger.Charged.Should().Be(100);
        ledger.Needed(100).Should().Be(500);
    }

    [Fact]
    public void What_an_earlier_part_of_the_run_was_charged_counts()
    {
        var ledger = new CostLedger(limit: 100, known: 1);
        ledger.Settle(ledger.Reserve(units: 10), charge: 80);

        ledger.TryReserve(2, out _).Should().Be(CostVerdict.Go);
        ledger.TryReserve(1, out _).Should().Be(CostVerdict.Wait, "a row has cost 8 cents");
    }

    [Fact]
    public void Figures_at_the_end_of_all_numbers_are_sums_like_others()
    {
        var ledger = new Ledger(limit: decimal.MaxValue, known: 1_000_000_000_000);
        for (var i = 0; i < 1_000; i++)
        {
            ledger.TryReserve().Should().Be(CostVerdict.Go);
        }

        for (var i = 0; i < 1_000; i++)
        {
            ledger.Settle(1_000_000_000_000);
        }

        ledger.Charged.Should().Be(1_000_000_000_000_000);
    }

    [Fact]
    public void Without_a_ceiling_everything_goes()
    {
        var ledger = new Ledger(limit: null, known: null);
        for (var i = 0; i < 1_000; i++)
        {
            ledger.TryReserve().Should().Be(CostVerdict.Go);
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
                var ledger = new Ledger(limit, random.Next(2) is 0 ? 10 : null);
                var open = 0;
                var charge = 1 + random.Next(10);
                for (var step = 0; step < 200; step++)
                {
                    if (random.Next(2) is 0 && ledger.TryReserve() is CostVerdict.Go)
                    {
                        open++;
                    }
                    else if (open > 0)
                    {
                        // 10 at most where the price is 10; where none is known the first job tells.
                        ledger.Settle(random.Next(5) is 0 ? null : charge);
                        open--;
                    }
                }

                // Where no price is known the first job is a leap.
                return ledger.Charged <= Math.Max(limit, 10);
            }).Check(Config.QuickThrowOnFailure);

    /// <summary>Single calls, settled in the order they were reserved.</summary>
    private sealed class Ledger(decimal? limit, decimal? known)
    {
        private readonly CostLedger _costs = new(limit, known);
        private readonly Queue<CostReservation> _open = new();

        public decimal Charged => _costs.Charged;

        public CostVerdict TryReserve()
        {
            var verdict = _costs.TryReserve(1, out var reservation);
            if (verdict is CostVerdict.Go)
            {
                _open.Enqueue(reservation);
            }

            return verdict;
        }

        public void Settle(decimal? charge) => _costs.Settle(_open.Dequeue(), charge);

        public void Release() => _costs.Release(_open.Dequeue());

        public CostLimitException Exceeded() => _costs.Exceeded();
    }
}
