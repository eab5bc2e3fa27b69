using System.Net;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Companies;

public sealed class ManyCompaniesTests : IDisposable
{
    private static readonly string[] s_names = ["A", "B", "C", "D", "E"];

    private readonly ManyRuns _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Every_company_has_an_outcome_and_every_id_is_handed_over()
    {
        _runs.Service.Refuses = name => name is "B" ? (HttpStatusCode.BadRequest, """{"error": "Bad Request", "message": "Invalid company data"}""") : null;

        var (outcomes, thrown) = await RunAsync(new() { Each = { FindPeople = true }, KeepInputOrder = true });

        thrown.Should().BeNull();
        outcomes.Select(outcome => (outcome.Input, outcome.Succeeded)).Should().Equal(("A", true), ("B", false), ("C", true), ("D", true), ("E", true));
        outcomes[1].Error.Should().BeOfType<InvalidRequestException>();
        outcomes[0].Result!["title"].AsString().Should().Be("Title of A");
        _runs.HandedOver.Should().BeEquivalentTo(_runs.Service.IdsGivenOut);
    }

    [Fact]
    public async Task An_empty_company_is_an_outcome_and_is_not_sent()
    {
        var (outcomes, thrown) = await RunAsync(new() { KeepInputOrder = true }, name => new() { Name = name is "C" ? " " : name });

        thrown.Should().BeNull();
        outcomes[2].Error.Should().BeOfType<InvalidRequestException>().Which.Message.Should().StartWith("The company has no member that is not blank");
        _runs.Service.Starts.Should().BeEquivalentTo("A", "B", "D", "E");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_price_one_job_goes_ahead_until_its_charge_is_known(bool findPeople)
    {
        _runs.Service.Charge = _ => 30;

        var (outcomes, thrown) = await RunAsync(new() { Each = { FindPeople = findPeople }, MaxCostCents = 95 });

        thrown.Should().BeOfType<CostLimitException>();
        outcomes.Should().HaveCount(3);
        _runs.Service.Arrivals[1].Should().BeAfter(_runs.Service.Arrivals[0]);
        _runs.Service.EndOf("job-0").Should().BeBefore(_runs.Service.EndOf("job-1") - TimeSpan.FromMinutes(1), "the second waits for what the first costs");
    }

    [Fact]
    public async Task With_a_price_of_yours_jobs_run_beside_each_other()
    {
        _runs.Service.Charge = _ => 30;

        var (outcomes, thrown) = await RunAsync(new() { Each = { FindPeople = true }, MaxCostCents = 95, CentsPerCall = 30 });

        thrown.Should().BeOfType<CostLimitException>();
        outcomes.Should().HaveCount(3);
        _runs.Service.OpenAtMost.Should().Be(3);
    }

    [Fact]
    public async Task What_is_changed_after_the_run_was_asked_for_does_not_reach_it()
    {
        var options = new ManyOptions<string, CompanyOptions>();
        var fields = new EnrichmentStruct { ["age"] = StructField.Int() };
        options.Each.PeopleFocus = "engineers";
        var outcomes = new List<ManyOutcome<string, CompanyEnrichment<Facts, Contact>>>();
        var run = _runs.Client.Companies.EnrichManyAsync(
            s_names, name => new() { Name = name }, EnrichmentStruct.For<Facts>(), fields.ReadAs<Contact>(), options, Token);
        options.Each.ExtraProperties.Add("find_people", true);
        fields["name"] = "Full name";

        await _runs.VirtuallyAsync(async () =>
        {
            await foreach (var outcome in run)
            {
                outcomes.Add(outcome);
            }

            return true;
        });

        outcomes.Should().HaveCount(5).And.OnlyContain(outcome => outcome.Succeeded);
    }

    private async Task<(List<ManyOutcome<string, CompanyEnrichment>> Outcomes, Exception? Thrown)> RunAsync(
        ManyOptions<string, CompanyOptions> options, Func<string, CompanyInfo>? company = null)
    {
        var outcomes = new List<ManyOutcome<string, CompanyEnrichment>>();
        options.OnStarted = _runs.HandOverAsync;
        var thrown = await _runs.VirtuallyAsync(async () =>
        {
            try
            {
                await foreach (var outcome in _runs.Client.Companies.EnrichManyAsync(
                    s_names, company ?? (name => new() { Name = name }), Ask.Title, options, Token))
                {
                    outcomes.Add(outcome);
                }

                return null;
            }
            catch (CostLimitException e)
            {
                return (Exception?)e;
            }
        });
        return (outcomes, thrown);
    }

    private sealed record Facts(string? Title);

    private sealed record Contact(string? Name, int? Age);
}
