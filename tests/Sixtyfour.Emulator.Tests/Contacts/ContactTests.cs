using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Tests.Webhooks;

namespace Sixtyfour.Emulator.Tests.Contacts;

public sealed class ContactTests
{
    private const string Nadia = """{"lead": {"name": "Nadia Okafor", "company": "Example Robotics"}""";

    [Fact]
    public async Task An_email_is_found_with_its_status_and_type_beside_what_was_given()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/find-email", Nadia + "}");

        answer.ToJsonString()
            .Should().Be("""{"name":"Nadia Okafor","company":"Example Robotics","email":[["nadia@example.com","OK","COMPANY"]],"cost_cents":5}""");
        wire.Emulator.ChargedCents.Should().Be(5);
    }

    [Fact]
    public async Task A_personal_email_comes_beside_the_professional_one_and_costs_more()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/find-email", Nadia + """, "mode": "PERSONAL"}""");

        answer["personal_email"]!.ToJsonString().Should().Be("""[["nadia@example.org","OK","PERSONAL"]]""");
        ((int)answer["cost_cents"]!).Should().Be(20);
    }

    [Fact]
    public async Task A_personal_email_that_was_given_comes_back_free_of_charge()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/find-email", """{"lead": {"email": "nadia@gmail.com"}, "mode": "PERSONAL"}""");

        answer["personal_email"]!.ToJsonString().Should().Be("""[["nadia@gmail.com","OK","PERSONAL"]]""");
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task What_is_not_found_says_so()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 1);

        (await wire.AnswerAsync("/find-email", """{"lead": {"name": "A"}}"""))["email"]!.ToJsonString().Should().Be("""[["","NOT_FOUND","COMPANY"]]""");
        ((string)(await wire.AnswerAsync("/find-phone", """{"lead": {"name": "A"}}"""))["phone"]!).Should().BeEmpty();
    }

    [Fact]
    public async Task Phones_come_in_the_forms_the_service_was_seen_to_use()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 0);
        var leads = string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"name": "Person {{i}}"}"""));

        var response = await wire.PostAsync("/find-phone-bulk", $$"""{"leads": [{{leads}}]}""");

        var found = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray();
        found.Select(each => each!["phone"]!.GetValueKind()).Distinct().Should().HaveCount(2);
        wire.Emulator.ChargedCents.Should().Be(600);
    }

    [Theory]
    [InlineData("/reverse-email", "email", "nadia@example.com")]
    [InlineData("/reverse-phone", "phone", "+1 555-0100")]
    public async Task A_person_is_found_behind_an_address_or_a_number(string path, string member, string value)
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync(path, $$$"""{"lead": {"{{{member}}}": "{{{value}}}"}}""");

        ((string)answer["name"]!, (string)answer["company"]!, (string)answer[member]!).Should().Be(("Nadia Okafor", "Example Robotics", value));
    }

    [Theory]
    [InlineData("/find-email-async", "find_email", """{"lead": {"name": "A"}}""")]
    [InlineData("/find-phone-bulk-async", "find_phone_bulk", """{"leads": [{"name": "A"}, {"name": "B"}]}""")]
    [InlineData("/reverse-email-async", "reverse_email", """{"lead": {"email": "a@example.com"}}""")]
    [InlineData("/reverse-phone-bulk-async", "reverse_phone_bulk", """{"leads": [{"phone": "1"}]}""")]
    public async Task A_job_has_as_result_what_the_call_at_once_answers(string path, string taskType, string body)
    {
        await using var wire = await Wire.StartAsync();
        var atOnce = await (await wire.PostAsync(path.Replace("-async", "", StringComparison.Ordinal), body)).Content.ReadAsStringAsync(
            TestContext.Current.CancellationToken);

        var done = await wire.PollAsync(await wire.StartJobAsync(path, body));

        done["result"]!.ToJsonString().Should().Be(JsonNode.Parse(atOnce)!.ToJsonString());
        ((string)done["task_type"]!).Should().Be(taskType);
        wire.Emulator.Jobs.Single().ChargeCents.Should().Be(wire.Emulator.ChargedCents / 2);
    }

    [Fact]
    public async Task A_test_decides_what_is_found_for_one_person_and_in_a_batch()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Answer(
            "/find-email", lead => (string)lead["name"]! == "A" ? new() { ["email"] = new JsonArray(new JsonArray("a@example.com", "CATCH_ALL")) } : null);

        var one = await wire.AnswerAsync("/find-email", """{"lead": {"name": "A"}}""");
        var batch = await wire.PollAsync(await wire.StartJobAsync("/find-email-bulk-async", """{"leads": [{"name": "A"}]}"""));

        one["email"]!.ToJsonString().Should().Be("""[["a@example.com","CATCH_ALL"]]""");
        batch["result"]![0]!["email"]!.ToJsonString().Should().Be("""[["a@example.com","CATCH_ALL"]]""");
    }

    [Theory]
    [InlineData("/find-email", "{}", 422)]
    [InlineData("/find-email", """{"lead": "A"}""", 422)]
    [InlineData("/find-email", """{"lead": {"name": "A"}, "mode": "BOTH"}""", 422)]
    [InlineData("/find-email", """{"lead": {}}""", 400)]
    [InlineData("/find-email-bulk", """{"leads": []}""", 400)]
    [InlineData("/find-email-bulk", """{"leads": ["A"]}""", 422)]
    [InlineData("/reverse-email", """{"lead": {"name": "A"}}""", 400)]
    [InlineData("/find-phone-async", """{"lead": {"name": "A"}, "webhook_url": "http://127.0.0.1/"}""", 400)]
    public async Task A_mistake_is_refused_and_costs_nothing(string path, string body, int status)
    {
        await using var wire = await Wire.StartAsync();

        ((int)(await wire.PostAsync(path, body)).StatusCode).Should().Be(status);
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task A_batch_has_at_most_a_hundred_leads()
    {
        await using var wire = await Wire.StartAsync();
        string Batch(int leads) => $$"""{"leads": [{{string.Join(',', Enumerable.Repeat("""{"name": "A"}""", leads))}}]}""";

        (await wire.PostAsync("/find-email-bulk", Batch(100))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await wire.PostAsync("/find-email-bulk", Batch(101))).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_end_of_a_job_is_reported_with_its_result()
    {
        await using var hook = await Hook.StartAsync();
        hook.Emulator.RollWebhookSecret(TimeSpan.Zero);
        await hook.Wire.StartJobAsync(
            "/find-email-bulk-async", $$"""{"leads": [{"name": "Nadia Okafor", "company": "Example Robotics"}], "webhook_url": "{{hook.Address}}"}""");

        await hook.RunAsync(deliveries: 1);

        var delivery = hook.Emulator.Deliveries.Single();
        (delivery.EventType, delivery.Signatures, delivery.StatusCode).Should().Be(("find_email_bulk", 1, 200));
        JsonNode.Parse(hook.Posts.Single().Body)!["result"]![0]!["email"]!.ToJsonString().Should().Be("""[["nadia@example.com","OK","COMPANY"]]""");
    }

    [Fact]
    public async Task Faults_strike_these_paths_as_others()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.FailsTheJob("no provider"), "/find-*");
        wire.Emulator.Inject(Fault.RateLimited(), "/find-phone");

        (await wire.PostAsync("/find-email", Nadia + "}")).StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await wire.PostAsync("/find-phone", Nadia + "}")).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        wire.Emulator.ChargedCents.Should().Be(0);
    }
}
