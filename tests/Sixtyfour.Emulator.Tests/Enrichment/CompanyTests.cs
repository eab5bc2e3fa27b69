using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Tests.Webhooks;

namespace Sixtyfour.Emulator.Tests.Enrichment;

public class CompanyTests
{
    private const string Sample = """{"company_name": "Example Robotics", "website": "https://example.com"}""";
    private const string Other = """{"company_name": "Example Labs"}""";
    private const string WithPeople = "\"find_people\": true";

    public static TheoryData<string, string, string> SchemaErrors => new()
    {
        { """{"struct": {"a": "A"}}""", "missing", "body.target_company" },
        { """{"target_company": null, "struct": {"a": "A"}}""", "dict_type", "body.target_company" },
        { """{"target_company": "Example Labs", "struct": {"a": "A"}}""", "dict_type", "body.target_company" },
        { $$"""{"target_company": {{Other}}}""", "missing", "body.struct" },
        { $$"""{"target_company": {{Other}}, "struct": null}""", "dict_type", "body.struct" },
        { Asked(more: "\"lead_struct\": []"), "dict_type", "body.lead_struct" },
        { Asked(more: "\"find_people\": \"yes\""), "bool_type", "body.find_people" },
        { Asked(more: "\"full_org_chart\": 1"), "bool_type", "body.full_org_chart" },
        { Asked(more: "\"people_focus_prompt\": 3"), "string_type", "body.people_focus_prompt" },
        { Asked(more: "\"research_plan\": 3"), "string_type", "body.research_plan" },
        { Asked(more: "\"field_confidence\": 3"), "bool_type", "body.field_confidence" },
        { Asked(more: "\"tier\": \"xhigh\""), "enum", "body.tier" },
        { Asked(more: "\"tier\": \"scout\""), "enum", "body.tier" },
        { Asked(more: "\"tier\": \"ultra\""), "enum", "body.tier" },
        { Asked(more: "\"webhook_url\": \"not a url\""), "url_parsing", "body.webhook_url" },
    };

    [Fact]
    public async Task The_sample_company_gets_an_answer_with_the_sample_lead_in_front()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 1);

        var answer = await wire.AnswerAsync(
            "/company-intelligence", Asked(Sample, """{"num_employees": {"type": "int"}, "industry": "Industry"}""", WithPeople));

        answer.Select(member => member.Key).Should().Equal("notes", "structured_data", "findings", "references", "confidence_score");
        answer["notes"]!.GetValue<string>().Should().Be("Example Robotics builds warehouse arms.");
        answer["findings"]!.AsArray().Should().BeEmpty();
        answer["references"]!.ToJsonString().Should().Be("""{"https://example.com":"Company site"}""");
        answer["confidence_score"]!.GetValue<decimal>().Should().Be(9);
        var data = answer["structured_data"]!.AsObject();
        data.Select(member => member.Key).Should().Equal("num_employees", "industry", "company_name", "website", "leads");
        data["num_employees"]!.GetValue<int>().Should().BePositive();
        data["industry"]!.GetValue<string>().Should().NotBeEmpty();
        data["leads"]![0]!.ToJsonString().Should().Be(
            """{"name":"Nadia Okafor","email":"nadia@example.com","company":"Example Robotics","title":"VP Engineering","phone":"","""
                + """
                "linkedin":"https://www.linkedin.com/in/nadia-okafor-example","score":"9.5"}
                """);
    }

    [Theory]
    [InlineData("\"find_people\": true")]
    [InlineData("\"full_org_chart\": true")]
    public async Task Of_another_company_two_to_four_invented_people_are_found(string more)
    {
        await using var wire = await Wire.StartAsync();

        var leads = LeadsOf(await wire.AnswerAsync("/enrich-company", Asked(more: more)));

        leads.Should().HaveCountGreaterThanOrEqualTo(2).And.HaveCountLessThanOrEqualTo(4);
        leads.Select(lead => (string?)lead["name"]).Should().Equal(Enumerable.Range(1, leads.Count).Select(i => $"Person 00{i} of Example Labs"));
        foreach (var lead in leads)
        {
            lead.Select(member => member.Key).Should().Equal("name", "email", "company", "title", "phone", "linkedin", "score");
            ((string?)lead["email"]).Should().EndWith("@example.com");
            ((string?)lead["company"]).Should().Be("Example Labs");
            ((string?)lead["title"]).Should().NotBeEmpty();
            ((string?)lead["phone"]).Should().BeEmpty();
        }

        leads.Select(lead => decimal.Parse(lead["score"]!.GetValue<string>(), CultureInfo.InvariantCulture))
            .Should().BeInDescendingOrder().And.OnlyContain(score => score >= 0 && score <= 10);
        leads.Select(lead => (string?)lead["email"]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task The_people_have_the_members_asked_for_in_their_types_and_a_score()
    {
        await using var wire = await Wire.StartAsync();

        var leads = LeadsOf(await wire.AnswerAsync("/company-intelligence", Asked(Sample, more:
            """
            "find_people": true, "people_focus_prompt": "Engineers",
            "lead_struct": {"name": "Name of this person at the company", "years_experience": {"type": "int"},
            "skills": {"type": "list[str]"}, "company": "Employer"}
            """)));

        leads.Should().OnlyContain(lead => string.Join(' ', lead.Select(member => member.Key)) == "name years_experience skills company score");
        leads.Should().OnlyContain(lead => (string?)lead["company"] == "Example Robotics");
        ((string?)leads[0]["name"], (int?)leads[0]["years_experience"], (string?)leads[0]["score"]).Should().Be(("Nadia Okafor", 14, "9.5"));
        leads[0]["skills"]!.AsArray().Should().NotBeEmpty();
        ((string?)leads[1]["name"]).Should().Be("Person 002 of Example Robotics");
    }

    [Fact]
    public async Task An_empty_lead_struct_is_as_good_as_none()
    {
        await using var wire = await Wire.StartAsync();

        var leads = LeadsOf(await wire.AnswerAsync("/company-intelligence", Asked(more: "\"find_people\": true, \"lead_struct\": {}")));

        leads[0].ContainsKey("email").Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"find_people\": false, \"full_org_chart\": false")]
    [InlineData("\"lead_struct\": {\"name\": \"Name\"}, \"people_focus_prompt\": \"Engineers\"")]
    public async Task No_people_come_unless_asked_for(string more)
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/company-intelligence", Asked(more: more));

        answer["structured_data"]!.AsObject().ContainsKey("leads").Should().BeFalse();
    }

    [Fact]
    public async Task Both_paths_and_both_forms_give_the_same_answer_which_depends_on_the_seed()
    {
        await using var wire = await Wire.StartAsync();
        await using var reseeded = await Wire.StartAsync(options => options.Seed = 7);
        var body = Asked(@struct: """{"num_employees": {"type": "int"}, "industry": "Industry", "rating": {"type": "float"}}""", more: WithPeople);

        var answers = new List<string>();
        foreach (var path in new[] { "/enrich-company", "/company-intelligence" })
        {
            answers.Add((await wire.AnswerAsync(path, body)).ToJsonString());
            answers.Add((await wire.PollAsync(await wire.StartJobAsync(path + "-async", body)))["result"]!.ToJsonString());
        }

        answers.Distinct().Should().ContainSingle().Which.Should().NotBe((await reseeded.AnswerAsync("/enrich-company", body)).ToJsonString());
    }

    [Theory]
    [InlineData("/enrich-company-async", "pending", "pending", "enrich_company")]
    [InlineData("/company-intelligence-async", "RUNNING", "running", "company_intelligence")]
    public async Task A_job_is_started_polled_and_charged_as_those_about_leads_are(string path, string started, string first, string taskType)
    {
        await using var wire = await Wire.StartOnManualClockAsync();

        var answer = await wire.AnswerAsync(path, Asked(more: "\"tier\": \"medium\""));
        var early = await wire.PollAsync((string)answer["task_id"]!);
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));
        var done = await wire.PollAsync((string)answer["task_id"]!);

        ((string?)answer["status"], (string?)early["status"], (string?)done["status"], (string?)done["task_type"])
            .Should().Be((started, first, "completed", taskType));
        done["result"]!["structured_data"]!["industry"].Should().NotBeNull();
        ((int?)done["charge_amount"], wire.Emulator.ChargedCents).Should().Be((25, 25));
    }

    [Fact]
    public async Task The_end_of_a_job_is_reported_to_its_webhook()
    {
        await using var hook = await Hook.StartAsync();
        var id = await hook.Wire.StartJobAsync("/company-intelligence-async", Asked(more: $"\"find_people\": true, \"webhook_url\": \"{hook.Address}\""));

        await hook.RunAsync(1);

        var body = JsonNode.Parse(hook.Posts.Should().ContainSingle().Subject.Body)!;
        ((string?)body["task_id"], (string?)body["status"], (string?)body["task_type"]).Should().Be((id, "completed", "company_intelligence"));
        body["result"]!["structured_data"]!["leads"]!.AsArray().Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_job_can_fail_and_costs_nothing_then()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.FailsTheJob("no"), "/enrich-company-async");

        var failed = await wire.PollAsync(await wire.StartJobAsync("/enrich-company-async", Asked()));

        ((string?)failed["status"], wire.Emulator.ChargedCents).Should().Be(("failed", 0));
    }

    [Fact]
    public async Task A_test_decides_what_is_found_at_a_path_and_at_its_async_twin()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Answer("/company-intelligence", company => new() { ["industry"] = $"That of {company["company_name"]}" });

        var answer = await wire.AnswerAsync("/company-intelligence", Asked(more: WithPeople));
        var job = await wire.PollAsync(await wire.StartJobAsync("/company-intelligence-async", Asked(more: WithPeople)));

        answer["structured_data"]!.ToJsonString().Should().Be("""{"industry":"That of Example Labs"}""");
        job["result"]!.ToJsonString().Should().Be(answer.ToJsonString());
    }

    [Fact]
    public async Task Confidence_per_field_comes_when_asked_for()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/company-intelligence", Asked(Sample, more: "\"field_confidence\": true"));

        answer["field_confidence"]!.AsObject().Should().ContainSingle().Which.Key.Should().Be("industry");
        answer["field_confidence"]!["industry"]!.GetValue<int>().Should().BeInRange(0, 100);
    }

    [Theory]
    [MemberData(nameof(SchemaErrors))]
    public async Task What_breaks_the_schema_is_answered_with_422_and_the_place(string body, string type, string location)
    {
        await using var wire = await Wire.StartAsync(options => options.HighTierEnabled = true);

        var response = await wire.PostAsync("/company-intelligence", body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var detail = (await Wire.JsonOf(response))["detail"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)detail["type"]).Should().Be(type);
        string.Join('.', detail["loc"]!.AsArray().Select(part => part!.GetValue<string>())).Should().Be(location);
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task An_unknown_tier_is_answered_with_those_there_are()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/enrich-company", Asked(more: "\"tier\": \"xhigh\""));

        ((string?)answer["detail"]![0]!["msg"]).Should().Be("Input should be 'low', 'micro', 'medium' or 'high'");
    }

    [Theory]
    [InlineData("""{"target_company": {}, "struct": {"a": "A"}}""")]
    [InlineData("""{"target_company": {"company_name": " ", "website": null}, "struct": {"a": "A"}}""")]
    [InlineData("""{"target_company": {"company_name": "Example Labs"}, "struct": {}}""")]
    public async Task What_is_there_but_of_no_use_is_answered_with_400(string body)
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.PostAsync("/enrich-company", body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Wire.JsonOf(response)).ToJsonString().Should().Be("""{"error":"Bad Request","message":"Invalid company data"}""");
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Forbidden)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task The_highest_tier_needs_access(bool isEnabled, HttpStatusCode expected)
    {
        await using var wire = await Wire.StartAsync(options => options.HighTierEnabled = isEnabled);

        (await wire.PostAsync("/company-intelligence", Asked(more: "\"tier\": \"high\""))).StatusCode.Should().Be(expected);
    }

    private static string Asked(string company = Other, string @struct = """{"industry": "Industry"}""", string more = "") =>
        $$"""{"target_company": {{company}}, "struct": {{@struct}}{{(more.Length > 0 ? ", " + more : "")}}}""";

    private static List<JsonObject> LeadsOf(JsonObject answer) => [.. answer["structured_data"]!["leads"]!.AsArray().Select(lead => lead!.AsObject())];
}
