using System.Text.Json.Nodes;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Companies;

public sealed class CompanyRequestTests
{
    private static readonly CompanyInfo s_company = new() { Name = "Example Robotics" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plain_question_sends_the_company_and_the_fields_and_nothing_else()
    {
        var request = await SentAsync((companies, token) => companies.EnrichAsync(s_company, Ask.Title, cancellationToken: token));

        request.Address.AbsolutePath.Should().Be("/company-intelligence");
        request.Body.Should().Be("""{"target_company":{"company_name":"Example Robotics"},"struct":{"title":"Current job title"}}""");
    }

    [Fact]
    public async Task Every_option_is_sent_under_its_wire_name()
    {
        var options = new CompanyOptions
        {
            FindPeople = true,
            PeopleFocus = "engineering leads",
            FullOrgChart = true,
            PersonFields = new() { ["email"] = "Work email" },
            Tier = Tier.High,
            ResearchPlan = "Look at the team page",
            FieldConfidence = true,
            ExtraProperties = { ["max_iterations"] = 4 },
        };

        var request = await SentAsync((companies, token) => companies.EnrichAsync(s_company, Ask.Title, options, token));

        var body = JsonNode.Parse(request.Body!)!;
        var expected = JsonNode.Parse(
            """
            {
              "target_company": { "company_name": "Example Robotics" }, "struct": { "title": "Current job title" },
              "research_plan": "Look at the team page", "tier": "high", "field_confidence": true, "find_people": true,
              "people_focus_prompt": "engineering leads", "full_org_chart": true, "lead_struct": { "email": "Work email" }, "max_iterations": 4
            }
            """);
        JsonNode.DeepEquals(body, expected).Should().BeTrue("{0} was sent", body);
    }

    [Fact]
    public async Task A_type_for_the_company_alone_finds_no_people()
    {
        var request = await SentAsync((companies, token) => companies.EnrichAsync<Facts>(s_company, cancellationToken: token));

        request.Body.Should().Be("""{"target_company":{"company_name":"Example Robotics"},"struct":{"headcount":{"description":"Headcount","type":"int"}}}""");
    }

    [Fact]
    public async Task A_type_for_people_asks_for_them_and_for_its_properties()
    {
        var request = await SentAsync((companies, token) => companies.EnrichAsync<Facts, Contact>(s_company, cancellationToken: token));

        var body = JsonNode.Parse(request.Body!)!;
        body["find_people"]!.GetValue<bool>().Should().BeTrue();
        body["lead_struct"]!.AsObject().Select(member => member.Key).Should().Equal("name", "age");
    }

    [Fact]
    public async Task Named_fields_for_people_win_over_their_type()
    {
        var request = await SentAsync((companies, token) =>
            companies.EnrichAsync<Facts, Contact>(s_company, new() { PersonFields = new() { ["age"] = StructField.Int() } }, token));

        JsonNode.Parse(request.Body!)!["lead_struct"]!.AsObject().Select(member => member.Key).Should().Equal("age");
    }

    [Fact]
    public async Task A_start_takes_the_webhook_address_of_the_client_along()
    {
        using var handler = new ScriptedHandler().Answers("""{"task_id": "job-1", "status": "pending"}""");
        using var client = TestClients.Create(handler, configure: options => options.WebhookUrl = new("https://example.com/hook"));

        var job = await client.Companies.StartAsync(s_company, Ask.Title, cancellationToken: Token);

        job.Id.Should().Be("job-1");
        handler.Seen.Single().Address.AbsolutePath.Should().Be("/company-intelligence-async");
        JsonNode.Parse(handler.Seen.Single().Body!)!["webhook_url"]!.GetValue<string>().Should().Be("https://example.com/hook");
    }

    [Fact]
    public Task A_webhook_address_is_refused_in_a_synchronous_call() =>
        RefusedAsync(companies => companies.EnrichAsync(
            s_company, Ask.Title, new CompanyStartOptions { WebhookUrl = new("https://example.com/hook") }, Token), "WebhookUrl is for jobs*");

    [Fact]
    public Task A_company_of_which_nothing_is_known_is_refused() =>
        RefusedAsync(companies => companies.StartAsync(new() { Name = " " }, Ask.Title, cancellationToken: Token),
            "The company has no member that is not blank*");

    [Fact]
    public Task A_question_without_fields_is_refused() =>
        RefusedAsync(companies => companies.StartAsync(s_company, [], cancellationToken: Token), "There are no fields to find*");

    [Fact]
    public Task Fields_for_people_that_name_none_are_refused() =>
        RefusedAsync(companies => companies.StartAsync(s_company, Ask.Title, new() { PersonFields = [] }, Token), "PersonFields has no fields*");

    [Fact]
    public Task An_extra_member_that_has_a_property_is_refused() =>
        RefusedAsync(companies => companies.StartAsync(s_company, Ask.Title, new() { ExtraProperties = { ["find_people"] = true } }, Token), "'find_people'*");

    [Fact]
    public async Task A_call_whose_answer_is_lost_is_not_sent_again()
    {
        using var handler = new ScriptedHandler().LosesTheAnswer();
        using var client = TestClients.Create(handler);

        await client.Companies.Invoking(companies => companies.EnrichAsync<Facts, Contact>(s_company, cancellationToken: Token))
            .Should().ThrowAsync<OutcomeUnknownException>();

        handler.Seen.Should().ContainSingle();
    }

    private static async Task<SeenRequest> SentAsync(Func<ICompaniesClient, CancellationToken, Task> call)
    {
        using var handler = new ScriptedHandler().Answers("""{"structured_data": {}}""");
        using var client = TestClients.Create(handler);
        await call(client.Companies, Token);
        return handler.Seen.Single();
    }

    private static async Task RefusedAsync(Func<ICompaniesClient, Task> call, string because)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClients.Create(handler);

        await client.Companies.Invoking(call).Should().ThrowAsync<ArgumentException>().WithMessage(because);

        handler.Seen.Should().BeEmpty();
    }

    private sealed record Facts(int? Headcount);

    private sealed record Contact(string? Name, int? Age);
}
