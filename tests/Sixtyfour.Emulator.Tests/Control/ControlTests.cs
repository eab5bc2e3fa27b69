using System.Net;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Control;

public class ControlTests
{
    [Fact]
    public async Task The_state_is_shown_without_a_key_and_without_being_recorded()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        await wire.StartJobAsync();
        wire.Http.DefaultRequestHeaders.Remove("x-api-key");
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway));

        var state = await Wire.JsonOf(await wire.GetAsync("/_emulator"));

        state["endpoint"]!.GetValue<string>().Should().Be(wire.Emulator.Endpoint.ToString());
        state["requests"]!.GetValue<int>().Should().Be(1);
        state["jobs"]!.ToJsonString().Should().Be("""{"pending":1}""");
        state["faults_left"]!.GetValue<int>().Should().Be(1);
        state["charged_cents"]!.GetValue<int>().Should().Be(10);
        state["balance_cents"]!.GetValue<int>().Should().Be(99_990);
        state["now"]!.GetValue<string>().Should().StartWith("2026-01-01T00:00:00");
        wire.Emulator.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Requests_are_shown_without_the_key()
    {
        await using var wire = await Wire.StartAsync();
        await wire.StartJobAsync();

        var response = await wire.GetAsync("/_emulator/requests");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        text.Should().NotContain(wire.Emulator.ApiKey);
        var request = JsonNode.Parse(text)!.AsArray().Should().ContainSingle().Subject!;
        request["path"]!.GetValue<string>().Should().Be("/enrich-lead-async");
        request["status_code"]!.GetValue<int>().Should().Be(200);
        request["body"]!["lead_info"]!["name"]!.GetValue<string>().Should().Be("Nadia Okafor");
    }

    [Theory]
    [InlineData("complete", "", "completed", 10)]
    [InlineData("fail", """{"error": "no sources"}""", "failed", 0)]
    [InlineData("cancel", "", "cancelled", 0)]
    public async Task A_job_is_ended_over_http(string verb, string body, string status, int charge)
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var id = await wire.StartJobAsync();

        var job = await wire.AnswerAsync($"/_emulator/jobs/{id}/{verb}", body);

        job["status"]!.GetValue<string>().Should().Be(status);
        job["charge_cents"]!.GetValue<int>().Should().Be(charge);
        var listed = JsonNode.Parse(await (await wire.GetAsync("/_emulator/jobs")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        listed[0]!["status"]!.GetValue<string>().Should().Be(status);
        (await wire.PostAsync($"/_emulator/jobs/{id}/{verb}", body)).StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Time_is_moved_over_http()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        await wire.StartJobAsync();

        var state = await wire.AnswerAsync("/_emulator/advance", """{"seconds": 240}""");

        state["jobs"]!.ToJsonString().Should().Be("""{"completed":1}""");
    }

    [Fact]
    public async Task The_balance_is_set_and_everything_reset_over_http()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.AnswerAsync("/_emulator/balance", """{"cents": 5}"""))["balance_cents"]!.GetValue<int>().Should().Be(5);
        (await wire.PostAsync("/enrich-lead", Wire.Enrichment())).StatusCode.Should().Be(HttpStatusCode.PaymentRequired);
        var state = await wire.AnswerAsync("/_emulator/reset", "");

        (state["balance_cents"]!.GetValue<int>(), state["requests"]!.GetValue<int>()).Should().Be((100_000, 0));
    }

    [Theory]
    [InlineData("""{"fault": "status", "status": 503}""", "status 503")]
    [InlineData("""{"fault": "status", "status": 400, "body": "no"}""", "status 400")]
    [InlineData("""{"fault": "rate_limited", "retry_after": 30}""", "429")]
    [InlineData("""{"fault": "rate_limited"}""", "429")]
    [InlineData("""{"fault": "not_started", "retry_after": 5}""", "not started")]
    [InlineData("""{"fault": "does_not_know_the_job"}""", "unknown job")]
    [InlineData("""{"fault": "redirects_to", "location": "https://example.com"}""", "redirect")]
    [InlineData("""{"fault": "answers_html"}""", "HTML")]
    [InlineData("""{"fault": "loses_the_answer"}""", "lost answer")]
    [InlineData("""{"fault": "resets_the_connection"}""", "reset")]
    [InlineData("""{"fault": "resets_the_upload", "after_bytes": 5}""", "reset after 5 bytes")]
    [InlineData("""{"fault": "truncates_the_body", "keep_bytes": 5}""", "first 5 bytes")]
    [InlineData("""{"fault": "drips", "seconds_per_byte": 0.5}""", "00:00:00.5000000 per byte")]
    [InlineData("""{"fault": "delays", "seconds": 5}""", "00:00:05 late")]
    [InlineData("""{"fault": "garbles_the_json"}""", "half the JSON")]
    [InlineData("""{"fault": "empties_the_body"}""", "empty body")]
    [InlineData("""{"fault": "leaves_out_the_length"}""", "no length")]
    [InlineData("""{"fault": "fails_the_job", "error": "no"}""", "failed job")]
    [InlineData("""{"fault": "drops_the_webhook"}""", "dropped webhook")]
    [InlineData("""{"fault": "doubles_the_webhook"}""", "doubled webhook")]
    [InlineData("""{"fault": "delays_the_webhook", "seconds": 45}""", "webhook 00:00:45 late")]
    [InlineData("""{"fault": "reorders_the_webhook"}""", "reordered webhook")]
    [InlineData("""{"fault": "corrupts_the_webhook"}""", "corrupted webhook")]
    [InlineData("""{"fault": "replays_the_webhook"}""", "replayed webhook")]
    public async Task Every_fault_has_a_name_over_http(string body, string fault)
    {
        Emulator.Control.FaultReader.Read(Json.JsonText.Read(System.Text.Encoding.UTF8.GetBytes(body)).Value!.Value).ToString().Should().Be(fault);

        await using var wire = await Wire.StartAsync();
        (await wire.AnswerAsync("/_emulator/faults", body))["faults_left"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public void No_fault_lacks_a_name_over_http()
    {
        var factories = typeof(Fault).GetMethods()
            .Where(method => method.IsStatic && method.ReturnType == typeof(Fault)).Select(method => method.Name).ToList();
        var tested = typeof(ControlTests).GetMethod(nameof(Every_fault_has_a_name_over_http))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Select(data => JsonNode.Parse((string)((InlineDataAttribute)data).Data[0]!)!["fault"]!.GetValue<string>()
                .Replace("_", "", StringComparison.Ordinal)).Distinct();

        tested.Should().BeEquivalentTo(factories.Select(name => name.ToLowerInvariant()));
    }

    [Fact]
    public async Task A_fault_injected_over_http_strikes_where_and_as_often_as_it_says()
    {
        await using var wire = await Wire.StartAsync();
        await wire.PostAsync("/_emulator/faults", """{"fault": "status", "status": 503, "path": "/job-status/*", "times": 2}""");

        (await wire.PostAsync("/enrich-lead", Wire.Enrichment())).StatusCode.Should().Be(HttpStatusCode.OK);
        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/_emulator/faults", "{}", 400)]
    [InlineData("/_emulator/faults", """{"fault": "earthquake"}""", 400)]
    [InlineData("/_emulator/faults", """{"fault": "status"}""", 400)]
    [InlineData("/_emulator/faults", """{"fault": "status", "status": "x"}""", 400)]
    [InlineData("/_emulator/faults", """{"fault": "loses_the_answer", "times": 0}""", 400)]
    [InlineData("/_emulator/advance", "{}", 400)]
    [InlineData("/_emulator/advance", """{"seconds": -1}""", 400)]
    [InlineData("/_emulator/advance", "[]", 400)]
    [InlineData("/_emulator/balance", "{", 400)]
    [InlineData("/_emulator/jobs/unknown/complete", "", 404)]
    [InlineData("/_emulator/nothing", "", 404)]
    public async Task Mistakes_are_answered_with_a_sentence(string path, string body, int status)
    {
        await using var wire = await Wire.StartOnManualClockAsync();

        ((int)(await wire.PostAsync(path, body)).StatusCode).Should().Be(status);
    }

    [Theory]
    [InlineData("localhost", null, 200)]
    [InlineData("127.0.0.1:6464", null, 200)]
    [InlineData("[::1]:6464", null, 200)]
    [InlineData("emulator.localhost", "http://localhost:3000", 200)]
    [InlineData("attacker.example", null, 403)]
    [InlineData("localhost.attacker.example", null, 403)]
    [InlineData("10.0.0.5", null, 403)]
    [InlineData("localhost", "https://attacker.example", 403)]
    [InlineData("localhost", "http://localhost.attacker.example", 403)]
    [InlineData("localhost", "null", 403)]
    public async Task Only_this_machine_under_its_own_name_may_look_and_no_foreign_page(string host, string? origin, int status)
    {
        await using var wire = await Wire.StartAsync();
        wire.Http.DefaultRequestHeaders.Remove("x-api-key");
        wire.Http.DefaultRequestHeaders.Host = host;
        if (origin is not null)
        {
            wire.Http.DefaultRequestHeaders.TryAddWithoutValidation("Origin", origin);
        }

        ((int)(await wire.GetAsync("/_emulator/requests")).StatusCode).Should().Be(status);
        ((int)(await wire.PostAsync("/_emulator/reset", "")).StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task A_page_that_leads_its_own_name_here_gets_nothing_with_the_well_known_key_either()
    {
        await using var wire = await Wire.StartAsync();
        wire.Http.DefaultRequestHeaders.Host = "attacker.example";

        (await wire.GetAsync("/_emulator/requests")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_name_it_was_told_to_listen_at_is_its_own()
    {
        await using var wire = await Wire.StartAsync(options => options.Url = new Uri("http://emulator.internal:0"));
        wire.Http.DefaultRequestHeaders.Host = "emulator.internal";

        (await wire.GetAsync("/_emulator")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_path_is_answered_with_the_known_ones()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await Wire.JsonOf(await wire.GetAsync("/_emulator/nothing"));

        answer["served"]!.AsArray().Select(path => (string)path!).Should().Contain("POST /_emulator/faults");
    }

    [Fact]
    public async Task A_clock_that_moves_by_itself_cannot_be_moved_over_http()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.PostAsync("/_emulator/advance", """{"seconds": 1}""")).StatusCode.Should().Be(HttpStatusCode.Conflict);
    }
}
