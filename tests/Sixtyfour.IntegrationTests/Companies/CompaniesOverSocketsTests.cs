using System.ComponentModel;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Companies;

/// <summary>Companies and their people between the client and the emulator.</summary>
public sealed class CompaniesOverSocketsTests
{
    private static readonly CompanyInfo Robotics = new() { Name = "Example Robotics", Website = "https://example.com" };

    [Fact]
    public async Task A_company_comes_with_its_people()
    {
        await using var api = await Api.StartAsync();

        var found = await api.Client.Companies.EnrichAsync<CompanyFacts, Contact>(Robotics, new() { PeopleFocus = "engineering leads" }, Api.Token);

        found.Data.Headcount.Should().BePositive();
        found.People.Should().HaveCountGreaterThan(1).And.OnlyContain(person => person.Score > 0 && person.Issues.Count == 0);
        found.People[0].Data.Should().Match<Contact>(person => person.Name == "Nadia Okafor" && person.Title == "VP Engineering");
        api.Emulator.ChargedCents.Should().Be(10);
    }

    [Fact]
    public async Task A_job_about_a_company_is_read_in_another_process()
    {
        await using var api = await Api.StartAsync();
        var id = (await api.Client.Companies.StartAsync<CompanyFacts, Contact>(Robotics, null, Api.Token)).Id;
        using var other = Api.CreateClient(api.Emulator);

        var found = await other.Companies.GetJob<CompanyFacts, Contact>(id).WaitAsync(Api.Token);

        found.People.Select(person => person.Name).Should().Contain("Nadia Okafor");
        found.ChargeCents.Should().Be(10);
    }

    [Fact]
    public async Task A_lost_answer_is_told_and_not_paid_twice()
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.LosesTheAnswer(), "/company-intelligence*", times: 2);

        await FluentActions.Awaiting(() => api.Client.Companies.EnrichAsync<CompanyFacts>(Robotics, null, Api.Token))
            .Should().ThrowAsync<OutcomeUnknownException>();
        await FluentActions.Awaiting(() => api.Client.Companies.StartAsync<CompanyFacts>(Robotics, null, Api.Token))
            .Should().ThrowAsync<OutcomeUnknownException>();

        api.RequestsSeen.Should().Be(2);
        api.Emulator.ChargedCents.Should().Be(20);
    }

    [Fact]
    public async Task Many_companies_are_researched_inside_the_limit_and_every_id_is_handed_over()
    {
        await using var api = await Api.StartAsync(emulator: options => (options.TimeScale, options.RunTime) = (300, _ => TimeSpan.FromMinutes(2)));
        var ids = new List<string>();
        var options = new ManyOptions<int, CompanyOptions>
        {
            Each = { FindPeople = true },
            CentsPerCall = 10,
            MaxCostCents = 3_000,
            OnStarted = (_, id, _) =>
            {
                ids.Add(id);
                return Task.CompletedTask;
            },
        };

        var outcomes = await api.Client.Companies.EnrichManyAsync(
            Enumerable.Range(0, 300).ToAsyncEnumerable(), i => new() { Name = $"Company {i}" }, EnrichmentStruct.For<CompanyFacts>(), options, Api.Token)
                .ToListAsync(Api.Token);

        outcomes.Should().HaveCount(300).And.OnlyContain(outcome => outcome.Succeeded && outcome.Result!.People.Count > 1);
        ids.Should().BeEquivalentTo(api.Emulator.Jobs.Select(job => job.Id));
        api.Emulator.ChargedCents.Should().Be(3_000);
    }

    internal sealed record CompanyFacts(
        [property: Description("Approximate headcount")] int? Headcount, [property: Description("Are there open roles?")] bool? IsHiring);

    internal sealed record Contact(string? Name, string? Title, [property: Description("Work email")] string? Email);
}
