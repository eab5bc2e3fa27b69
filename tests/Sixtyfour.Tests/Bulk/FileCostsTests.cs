using Sixtyfour.Bulk;

namespace Sixtyfour.Tests.Bulk;

public sealed class FileCostsTests
{
    [Theory]
    [InlineData("0", null)]
    [InlineData("-500", null)]
    [InlineData("79228162514264337593543950335", null)]
    [InlineData(null, "-500")]
    [InlineData("-500", "79228162514264337593543950335")]
    public void An_amount_that_cannot_be_one_leaves_what_was_reserved(string? estimate, string? charge)
    {
        var costs = new FileCosts(new BulkPrice(10, 70));

        costs.Take(Line(1, estimate, charge));
        costs.Take(Line(2, estimate, charge));

        costs.TryReserve(3, 1).Should().BeTrue();
        costs.TryReserve(3, 2).Should().BeFalse();
    }

    [Fact]
    public void A_job_that_cost_nothing_makes_room()
    {
        var costs = new FileCosts(new BulkPrice(10, 70));

        costs.Take(Line(1, "30", "0"));

        costs.TryReserve(2, 7).Should().BeTrue();
        costs.TryReserve(2, 8).Should().BeFalse();
    }

    [Fact]
    public void What_was_charged_before_counts_in_a_continued_run()
    {
        var costs = new FileCosts(new BulkPrice(10, 70));

        costs.Take(Line(1, null, "45"));

        costs.TryReserve(2, 2).Should().BeFalse("a row cost 15 cents, so two may cost 30");
        costs.TryReserve(2, 1).Should().BeTrue();
    }

    [Fact]
    public void A_charge_that_differs_from_the_one_before_takes_its_place()
    {
        var costs = new FileCosts(new BulkPrice(10, 70));

        costs.Take(Line(1, null, "60"));
        costs.Take(Line(1, null, "30"));

        costs.TryReserve(2, 2).Should().BeTrue("30 were charged, and two rows may come to 20 each");
        costs.TryReserve(2, 3).Should().BeFalse();
    }

    private static JournalLine Line(int file, string? estimate, string? charge) => new()
    {
        Run = "run",
        Seed = "seed",
        File = file,
        FirstRow = 0,
        Rows = 3,
        Sha256 = "",
        Key = "key",
        At = DateTimeOffset.UnixEpoch,
        EstimatedCents = Cents(estimate),
        ChargedCents = Cents(charge),
    };

    private static decimal? Cents(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
