using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Companies;

public sealed class FoundPeopleTests
{
    private static readonly CompanyInfo s_company = new() { Name = "Example Robotics" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"structured_data": {"leads": [{"name": "Nadia Okafor"}]}}""")]
    [InlineData("""{"structured_data": {"people": [{"name": "Nadia Okafor"}]}}""")]
    [InlineData("""{"structured_data": {"associated_people": [{"name": "Nadia Okafor"}]}}""")]
    [InlineData("""{"structured_data": {}, "leads": [{"name": "Nadia Okafor"}]}""")]
    [InlineData("""{"structured_data": {"leads": []}, "people": [{"name": "Nadia Okafor"}]}""")]
    [InlineData("""{"structured_data": {"leads": 12}, "associated_people": [{"name": "Nadia Okafor"}]}""")]
    [InlineData("""{"structured_data": {"leads": ["a text"], "people": [null, {"name": "Nadia Okafor"}]}}""")]
    [InlineData("""{"structured_data": {"leads": "[{\"name\": \"Nadia Okafor\"}]"}}""")]
    [InlineData("""{"structured_data": {"leads": [{"name": "Nadia Okafor"}], "people": [{"name": "Somebody else"}]}, "people": [{"name": "Somebody else"}]}""")]
    public async Task People_are_found_wherever_they_are(string answer)
    {
        var found = await ResearchAsync(answer, companies => companies.EnrichAsync(s_company, Ask.Title, cancellationToken: Token));

        found.People.Should().ContainSingle().Which.Name.Should().Be("Nadia Okafor");
    }

    [Theory]
    [InlineData("""{"leads": {"Engineering": [{"name": "Nadia Okafor"}]}}""")]
    [InlineData("""{"key_people": [{"full_name": "Nadia Okafor", "department": "Engineering"}]}""")]
    [InlineData("""{"org_chart": {"Engineering": {"head": {"name": "Nadia Okafor"}}}}""")]
    [InlineData("""{"org_chart": {"departments": [{"name": "Engineering", "members": [{"name": "Nadia Okafor"}]}]}}""")]
    [InlineData("""{"org_chart": [{"name": "Engineering", "people": [{"first_name": "Nadia", "last_name": "Okafor"}]}]}""")]
    [InlineData("""{"org_chart": "{\"Engineering\": [{\"fullName\": \"Nadia Okafor\"}]}"}""")]
    [InlineData("""{"full_org_chart": {"Engineering": {"people": [{"name": "Nadia Okafor"}]}}}""")]
    public async Task People_are_found_by_department(string data)
    {
        var found = await ResearchAsync(
            $$"""{"structured_data": {{data}}}""", companies => companies.EnrichAsync(s_company, Ask.Title, cancellationToken: Token));

        var person = found.People.Should().ContainSingle().Which;
        (person.Name, person.Department).Should().Be(("Nadia Okafor", "Engineering"));
    }

    [Fact]
    public async Task Everybody_in_an_org_chart_is_found_in_the_order_they_came()
    {
        const string Chart = """
            {"structured_data": {"org_chart": {"name": "A", "title": "CEO", "reports": [
              {"name": "B", "title": "CTO", "direct_reports": [{"name": "C", "job_title": "Engineer", "work_email": "c@example.com", "phone_number": "41"}]},
              {"name": "D", "role": "CFO", "company_name": "Example Robotics", "linkedin_url": "https://example.com/in/d"}]}}}
            """;

        var found = await ResearchAsync(Chart, companies => companies.EnrichAsync(s_company, Ask.Title, cancellationToken: Token));

        found.People.Select(person => (person.Name, person.Title)).Should().Equal(("A", "CEO"), ("B", "CTO"), ("C", "Engineer"), ("D", "CFO"));
        (found.People[2].Email, found.People[2].Phone).Should().Be(("c@example.com", "41"));
        (found.People[3].Company, found.People[3].LinkedIn).Should().Be(("Example Robotics", "https://example.com/in/d"));
    }

    [Theory]
    [InlineData("""{"structured_data": {}}""")]
    [InlineData("""{"structured_data": {"leads": null}, "people": null}""")]
    [InlineData("""{"structured_data": {"leads": {"count": 3, "note": "Nadia Okafor"}}}""")]
    [InlineData("""{"structured_data": "text", "leads": "text"}""")]
    public async Task Without_a_list_of_people_there_are_none(string answer)
    {
        var found = await ResearchAsync(answer, companies => companies.EnrichAsync(s_company, Ask.Title, cancellationToken: Token));

        found.People.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"error": "The agent crashed"}""")]
    [InlineData("""{"detail": "Not found"}""")]
    [InlineData("""{"status": "failed", "structured_data": {}}""")]
    [InlineData("""{"leads": [{"name": "Nadia Okafor"}]}""")]
    [InlineData("{}")]
    public async Task A_company_without_structured_data_is_a_failure_with_the_body(string answer)
    {
        var call = () => ResearchAsync(answer, companies => companies.EnrichAsync(s_company, Ask.Title, cancellationToken: Token));

        (await call.Should().ThrowAsync<InvalidResponseException>()).Which.ResponseBody.Should().Be(answer);
    }

    [Fact]
    public async Task A_person_has_its_usual_members_and_any_other_by_name()
    {
        const string Answer = """
            {
              "structured_data": { "title": "A company", "leads": [
                { "name": "Nadia Okafor", "title": "VP Engineering", "email": "nadia@example.com", "phone": "", "company": "Example Robotics",
                  "linkedin": "https://example.com/in/nadia", "score": "9.5", "years": "12" },
                { "name": null, "score": "high" } ] },
              "charge_amount": 25
            }
            """;

        var found = await ResearchAsync(Answer, companies => companies.EnrichAsync(s_company, Ask.Title, cancellationToken: Token));

        found["title"].AsString().Should().Be("A company");
        found.ChargeCents.Should().Be(25);
        var person = found.People[0];
        (person.Name, person.Title, person.Email, person.Phone, person.Company, person.LinkedIn).Should().Be(
            ("Nadia Okafor", "VP Engineering", "nadia@example.com", null, "Example Robotics", "https://example.com/in/nadia"));
        person["years"].AsInt32().Should().Be(12);
        person["nothing"].IsMissing.Should().BeTrue();
        person.ToString().Should().Be("Person with name, title, email, phone, company, linkedin, score, years");
        (found.People[1].Name, found.People[1].Score).Should().Be((null, null));
    }

    [Theory]
    [InlineData("\"9.5\"", 9.5)]
    [InlineData("9.5", 9.5)]
    [InlineData("9", 9.0)]
    [InlineData("\"9\"", 9.0)]
    [InlineData("0", 0.0)]
    [InlineData("\"\"", null)]
    [InlineData("\"about 9\"", null)]
    [InlineData("[9]", null)]
    public async Task A_score_is_a_number_also_when_it_came_as_text(string sent, double? read)
    {
        var found = await ResearchAsync(
            """{"structured_data": {"leads": [{"score": SENT}]}}""".Replace("SENT", sent),
            companies => companies.EnrichAsync<Facts>(s_company, cancellationToken: Token));

        found.People.Single().Score.Should().Be(read);
    }

    [Fact]
    public async Task Typed_people_are_cast_each_with_issues_of_its_own()
    {
        const string Answer = """
            {"structured_data": {"headcount": "42", "leads": [{"name": "Nadia Okafor", "age": 41}, {"name": "Someone", "age": "about 40",
            "score": 3}, {"name": "Another", "age": "41"}]}}
            """;

        var found = await ResearchAsync(Answer, companies => companies.EnrichAsync<Facts, Contact>(s_company, cancellationToken: Token));

        found.Data.Headcount.Should().Be(42);
        found.Issues.Select(issue => (issue.Name, issue.Kind)).Should().Equal(("headcount", FieldIssueKind.Repaired));
        found.People.Select(person => person.Data).Should().Equal(new Contact("Nadia Okafor", 41), new Contact("Someone", null), new Contact("Another", 41));
        found.People[0].Issues.Should().BeEmpty();
        found.People[1].Issues.Select(issue => (issue.Name, issue.Kind)).Should().Equal(("age", FieldIssueKind.Unreadable));
        found.People[2].Issues.Select(issue => (issue.Name, issue.Kind)).Should().Equal(("age", FieldIssueKind.Repaired));
        found.People[1].Score.Should().Be(3);
        found.People[1][nameof(Contact.Age)].Raw.GetString().Should().Be("about 40");
    }

    [Fact]
    public async Task A_finished_job_is_read_in_every_form_with_its_charge_and_its_id()
    {
        var (untyped, typed, both) =
            (await ResumeAsync(companies => companies.GetJob("job-1")), await ResumeAsync(companies => companies.GetJob<Facts>("job-1")),
            await ResumeAsync(companies => companies.GetJob<Facts, Contact>("job-1")));

        new Enrichment[] { untyped, typed, both }.Should().AllSatisfy(found => (found.JobId, found.ChargeCents).Should().Be(("job-1", 25)));
        untyped.People.Single().Name.Should().Be("Nadia Okafor");
        (typed.Data.Headcount, typed.People.Single().Score).Should().Be((42, 9));
        (both.Data.Headcount, both.People.Single().Data.Age).Should().Be((42, 41));
    }

    [Fact]
    public void Answers_and_people_can_be_made_by_hand()
    {
        var company = new CompanyEnrichment<Facts, Contact>(new Facts(42)) { People = [new FoundPerson<Contact>(new("Nadia Okafor", 41)) { Score = 9 }] };

        company.People.Single().Data.Name.Should().Be("Nadia Okafor");
        company.People.Single()["name"].IsMissing.Should().BeTrue();
        new CompanyEnrichment().People.Should().BeEmpty();
    }

    private static async Task<TResult> ResearchAsync<TResult>(string answer, Func<ICompaniesClient, Task<TResult>> call)
    {
        using var handler = new ScriptedHandler().Answers(answer);
        using var client = TestClients.Create(handler);
        return await call(client.Companies);
    }

    private static async Task<TResult> ResumeAsync<TResult>(Func<ICompaniesClient, Job<TResult>> handle)
    {
        var clock = new FakeClock();
        using var handler = new ScriptedHandler().Answers(
            """{"status": "completed", "charge_amount": 25, "result": {"structured_data": {"headcount": 42, "leads": [{"name": "Nadia Okafor","""
                + """ "age": 41, "score": "9"}]}}}""");
        using var client = TestClients.Create(handler, clock);
        var found = await clock.RunAsync(handle(client.Companies).WaitAsync(Token));
        handler.Seen.Single().Address.AbsolutePath.Should().Be("/job-status/job-1");
        return found;
    }

    private sealed record Facts(int? Headcount);

    private sealed record Contact(string? Name, int? Age);
}
