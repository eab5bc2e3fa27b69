using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sixtyfour.Json;
using Sixtyfour.Webhooks;

namespace Sixtyfour.Tests.Webhooks;

public sealed partial class ParseTests
{
    [Fact]
    public void A_finished_job_brings_its_result()
    {
        var received = Parse<JobCompletedEvent>(Signed.Body);

        received.JobId.Should().Be("job-1");
        received.TaskType.Should().Be("enrich_lead");
        received.ChargeCents.Should().BeNull();
        received.ReadEnrichment()["title"].AsString().Should().Be("VP Engineering");
        received.ReadEnrichment().JobId.Should().Be("job-1");
        received.ReadEnrichment<Position>().Data.Title.Should().Be("VP Engineering");
        received.ReadEnrichment(EnrichmentStruct.For(Contracts.Default.Position)).Data.Title.Should().Be("VP Engineering");
        received.Raw.GetProperty("status").GetString().Should().Be("completed");
    }

    [Fact]
    public void The_contracts_of_the_resolver_are_used()
    {
        var received = (JobCompletedEvent)SixtyfourWebhook.Parse(
            """{ "task_id": "job-1", "status": "completed", "result": { "structured_data": { "TITLE-OF": "CTO" } } }"""u8.ToArray(), Contracts.Default);

        received.ReadEnrichment<Renamed>().Data.Title.Should().Be("CTO");
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("SUCCEEDED")]
    [InlineData("success")]
    public void Every_happy_word_is_a_finished_job(string status) =>
        Parse<JobCompletedEvent>($$"""{ "task_id": "job-1", "status": "{{status}}", "result": {}, "charge_amount": 12.5 }""").ChargeCents.Should().Be(12.5m);

    [Theory]
    [InlineData("failed")]
    [InlineData("CANCELED")]
    [InlineData("timed-out")]
    [InlineData("terminated")]
    public void Every_unhappy_end_is_a_failed_job(string status)
    {
        var received = Parse<JobFailedEvent>(
            $$"""{ "task_id": "job-1", "status": "{{status}}", "task_type": "find_email", "error": "Lookup did not finish" }""");

        (received.JobId, received.TaskType, received.Error).Should().Be(("job-1", "find_email", "Lookup did not finish"));
    }

    [Theory]
    [InlineData("""{ "id": "job-1", "run_id": "run-1", "status": "completed", "result": { "structured_data": { "title": "CTO" } } }""")]
    [InlineData("""{ "id": "job-1", "status": "completed", "close_time": "2026-11-01T00:01:00Z", "result": { "structured_data": { "title": "CTO" } } }""")]
    [InlineData("""{ "run_id": "run-1", "task_id": null, "id": "job-1", "status": "completed", "result": { "structured_data": { "title": "CTO" } } }""")]
    public void An_event_in_the_envelope_of_job_status_is_one_of_its_job(string body)
    {
        var received = Parse<JobCompletedEvent>(body);

        received.JobId.Should().Be("job-1");
        received.ReadEnrichment()["title"].AsString().Should().Be("CTO");
    }

    [Fact]
    public void A_failed_or_bulk_job_in_that_envelope_is_one_too()
    {
        Parse<JobFailedEvent>("""{ "id": "job-1", "run_id": "run-1", "status": "failed", "error": "No sources" }""").JobId.Should().Be("job-1");
        Parse<BulkCompletedEvent>("""{ "id": "job-1", "run_id": "run-1", "status": "completed", "results": [ { "block_number": 2 } ] }""").JobId
            .Should().Be("job-1");
    }

    [Theory]
    [InlineData("""{ "run_id": "run-1", "event_id": "e-1", "results": [ { "id": "row" } ] }""")]
    [InlineData("""{ "id": "e-1", "run_id": "run-1", "event_id": "e-1", "results": [] }""")]
    public void An_id_without_a_status_makes_no_job_of_a_workflow(string body) => Parse<WorkflowEvent>(body).RunId.Should().Be("run-1");

    [Theory]
    [InlineData("""{ "task_id": "job-1", "status": "failed" }""", null)]
    [InlineData("""{ "task_id": "job-1", "status": "failed", "error": { "message": "No luck" } }""", "No luck")]
    [InlineData("""{ "task_id": "job-1", "status": "failed", "error": 3 }""", null)]
    public void The_error_may_be_missing_or_an_object(string body, string? error) => Parse<JobFailedEvent>(body).Error.Should().Be(error);

    [Theory]
    [InlineData("""{ "task_id": "job-1", "status": "completed", "task_type": "people_intelligence_bulk", "results": [], "charge_amount": 300 }""")]
    [InlineData("""{ "task_id": "job-1", "status": "completed", "results": [ { "block_number": 2 } ], "charge_amount": 300 }""")]
    [InlineData("""{ "task_id": "job-1", "status": "completed", "task_type": "find_email_bulk", "charge_amount": "300" }""")]
    [InlineData("""{ "run_id": "job-1", "event_id": "e-1", "task_type": "people_intelligence_bulk", "results": [], "charge_amount": 300 }""")]
    public void Both_likely_forms_of_a_bulk_event_are_read(string body)
    {
        var received = Parse<BulkCompletedEvent>(body);

        (received.JobId, received.ChargeCents).Should().Be(("job-1", 300m));
    }

    [Fact]
    public void In_the_envelope_of_workflows_the_event_type_tells_a_bulk_job()
    {
        var body = """{ "run_id": "job-1", "results": [] }"""u8.ToArray();

        EventReader.Read(body, new() { EventId = "e", EventType = "people_intelligence_bulk", DeliveryAttempt = 2 }, null)
            .Should().BeOfType<BulkCompletedEvent>().Which.JobId.Should().Be("job-1");
        EventReader.Read(body, new() { EventId = "e", EventType = "outgoing_webhook.completed", DeliveryAttempt = 2 }, null)
            .Should().BeOfType<WorkflowEvent>().Which.RunId.Should().Be("job-1");
    }

    [Fact]
    public void A_bulk_task_with_its_result_inside_is_a_finished_job() =>
        Parse<JobCompletedEvent>("""{ "task_id": "job-1", "status": "completed", "task_type": "find_email_bulk", "result": [] }""").JobId.Should().Be("job-1");

    [Fact]
    public void A_block_of_a_workflow_names_its_run()
    {
        var received = Parse<WorkflowEvent>(
            """{ "event_id": "e-1", "run_id": "run-1", "results": [ {} ], "results_download_url": "https://example.com/r?sig=s" }""");

        (received.RunId, received.EventId).Should().Be(("run-1", "e-1"));
        received.ToString().Should().Be("WorkflowEvent of run run-1");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "ping": true }""")]
    [InlineData("""{ "task_id": "job-1", "status": "running" }""")]
    [InlineData("""{ "task_id": "job-1" }""")]
    [InlineData("""{ "task_id": 5, "status": "completed" }""")]
    [InlineData("""{ "task_id": " ", "status": "completed" }""")]
    [InlineData("""{ "task_id": "\ud800", "status": "completed" }""")]
    public void Anything_else_arrives_raw(string body)
    {
        var received = Parse<WebhookEvent>(body);

        received.GetType().Should().Be<WebhookEvent>();
        received.Raw.GetRawText().Should().Be(body.Replace(@"\ud800", @"\ufffd", StringComparison.Ordinal), "what is not Unicode cannot be printed");
        (received.EventId, received.EventType, received.DeliveryAttempt).Should().Be((null, null, 0));
    }

    public static TheoryData<byte[]> Unreadable => new(
        [],
        "null"u8.ToArray(),
        "[]"u8.ToArray(),
        "\"text\""u8.ToArray(),
        "{"u8.ToArray(),
        "{} {}"u8.ToArray(),
        "{\"task_id\": \"Nadia Okafor\", }"u8.ToArray(),
        [.. "{\"task_id\": \""u8, 0xC3, 0x28, .. "\"}"u8],
        [0xFF, 0xFE, (byte)'{', (byte)'}'],
        [.. "{}"u8, 0xE2, 0x82],
        Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + "}"),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)));

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_cannot_be_read_is_refused_without_being_quoted(byte[] body)
    {
        var error = FluentActions.Invoking(() => SixtyfourWebhook.Parse(body)).Should().Throw<InvalidResponseException>().Which;

        error.ToString().Should().NotContain("Nadia");
        error.ResponseBody.Should().BeNull();
    }

    [Fact]
    public void The_event_does_not_depend_on_the_buffer_it_came_in()
    {
        var buffer = Signed.Body.ToArray();
        var received = Parse<JobCompletedEvent>(buffer);

        Array.Clear(buffer);

        received.ReadEnrichment()["title"].AsString().Should().Be("VP Engineering");
    }

    [Theory]
    [InlineData("""{ "task_id": "job-1", "status": "completed" }""")]
    [InlineData("""{ "task_id": "job-1", "status": "completed", "result": "Nadia Okafor" }""")]
    public void A_result_that_is_missing_or_no_object_names_the_job(string body)
    {
        var received = Parse<JobCompletedEvent>(body);

        var error = FluentActions.Invoking(() => received.ReadEnrichment()).Should().Throw<InvalidResponseException>().Which;
        error.JobId.Should().Be("job-1");
        error.ToString().Should().NotContain("Nadia");
    }

    [Fact]
    public void What_the_headers_say_is_passed_on()
    {
        var received = EventReader.Read(Signed.Body, new() { EventId = "e-1", EventType = "enrich_lead", DeliveryAttempt = 3 }, new JsonContracts(null));

        (received.EventId, received.EventType, received.DeliveryAttempt).Should().Be(("e-1", "enrich_lead", 3));
    }

    [Fact]
    public void No_event_prints_a_value()
    {
        Parse<JobCompletedEvent>(Signed.Body).ToString().Should().Be("JobCompletedEvent of job job-1");
        Parse<WebhookEvent>("""{ "name": "Nadia Okafor" }""").ToString().Should().Be("WebhookEvent");
    }

    private static T Parse<T>(string body)
        where T : WebhookEvent => Parse<T>(Encoding.UTF8.GetBytes(body));

    private static T Parse<T>(byte[] body)
        where T : WebhookEvent => SixtyfourWebhook.Parse(body).Should().BeAssignableTo<T>().Subject;

    public sealed record Position(string? Title);

    public sealed record Renamed([property: JsonPropertyName("TITLE-OF")] string? Title);

    [JsonSerializable(typeof(Position))]
    [JsonSerializable(typeof(Renamed))]
    private sealed partial class Contracts : JsonSerializerContext;
}
