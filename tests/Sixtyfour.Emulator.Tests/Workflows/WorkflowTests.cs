using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Tests.Bulk;
using Sixtyfour.Emulator.Tests.Webhooks;

namespace Sixtyfour.Emulator.Tests.Workflows;

public sealed class WorkflowTests
{
    private const string Rows = """{"webhook_payload": [{"name": "Nadia Okafor", "company": "Example Robotics"}, {"name": "B"}]}""";

    [Fact]
    public async Task There_is_a_sample_to_run()
    {
        await using var wire = await Wire.StartAsync();

        var listed = (await ListAsync(wire, "/workflows")).Single()!;
        var one = await Wire.JsonOf(await wire.GetAsync($"/workflows/{listed["id"]}"));

        ((string)listed["name"]!, listed.AsObject().ContainsKey("workflow_definition")).Should().Be(("Enrich leads", false));
        one["workflow_definition"]!["blocks"]!.AsArray().Select(block => (string)block!["block_name"]!).Should().Equal("webhook", "lead_enrichment");
    }

    [Fact]
    public async Task A_run_goes_through_its_blocks_and_leaves_a_file_of_each()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var started = await StartAsync(wire);
        var run = (string)started["job_id"]!;
        (await LiveAsync(wire, run)).Should().Be(("queued", "webhook pending, lead_enrichment pending"));

        wire.Emulator.Advance(TimeSpan.FromMinutes(2));
        (await LiveAsync(wire, run)).Should().Be(("running", "webhook completed, lead_enrichment running"));
        (await wire.GetAsync($"/workflows/runs/{run}/results/download-links")).StatusCode.Should().Be(HttpStatusCode.Conflict);

        wire.Emulator.Advance(TimeSpan.FromMinutes(2));
        (await LiveAsync(wire, run)).Should().Be(("completed", "webhook completed, lead_enrichment completed"));
        var files = await ListAsync(wire, $"/workflows/runs/{run}/results/download-links");
        files.Select(file => ((int)file!["block_number"]!, (string)file["filename"]!)).Should().Equal((1, "webhook.csv"), (2, "lead_enrichment.csv"));
        (await BulkWire.TextOf(await wire.DownloadAsync(files[^1]!))).Should().StartWith("name,company,title\nNadia Okafor,Example Robotics,VP Engineering\n");
        wire.Emulator.ChargedCents.Should().Be(20);
    }

    [Fact]
    public async Task Results_can_be_kept_as_json_too()
    {
        await using var wire = await Wire.StartAsync();
        var run = (string)(await StartAsync(wire, "&save_json=true&result_formats=csv&result_formats=ndjson"))["job_id"]!;

        var json = await ListAsync(wire, $"/workflows/runs/{run}/results/download-links?format=json");
        var lines = await ListAsync(wire, $"/workflows/runs/{run}/results/download-links?format=ndjson");

        JsonNode.Parse(await BulkWire.TextOf(await wire.DownloadAsync(json[^1]!)))!.AsArray().Should().HaveCount(2);
        (await BulkWire.TextOf(await wire.DownloadAsync(lines[^1]!))).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (string)JsonNode.Parse(line)!["name"]!).Should().Equal("Nadia Okafor", "B");
        var plain = (string)(await StartAsync(wire))["job_id"]!;
        (await wire.GetAsync($"/workflows/runs/{plain}/results/download-links?format=json")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_run_can_be_cancelled_once()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var run = (string)(await StartAsync(wire))["job_id"]!;

        var canceled = await wire.AnswerAsync($"/workflows/cancel?job_id={run}", "");

        ((string)canceled["job_id"]!, (string)canceled["status"]!).Should().Be((run, "canceled"));
        (await LiveAsync(wire, run)).Status.Should().Be("cancelled");
        (await wire.PostAsync($"/workflows/cancel?job_id={run}", "")).StatusCode.Should().Be(HttpStatusCode.Conflict);
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task Runs_are_listed_the_newest_first()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var first = (string)(await StartAsync(wire))["job_id"]!;
        wire.Emulator.Advance(TimeSpan.FromMinutes(5));
        var second = (string)(await StartAsync(wire))["job_id"]!;
        await wire.SubmitAsync();

        (await ListAsync(wire, "/workflows/runs")).Select(run => (string)run!["job_id"]!).Should().Equal(second, first);
        (await ListAsync(wire, "/workflows/runs?status=active")).Select(run => (string)run!["job_id"]!).Should().Equal(second);
        (await ListAsync(wire, "/workflows/runs?status=completed")).Select(run => (string)run!["job_id"]!).Should().Equal(first);
        (await ListAsync(wire, "/workflows/runs?limit=1")).Should().HaveCount(1);
        (await wire.GetAsync("/workflows/runs?limit=501")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_run_under_an_idempotency_key_starts_once()
    {
        await using var wire = await Wire.StartAsync();
        wire.Http.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        var first = await StartAsync(wire);
        var second = await StartAsync(wire);

        ((string)second["job_id"]!, (bool)second["already_started"]!).Should().Be(((string)first["job_id"]!, true));
        wire.Emulator.Jobs.Should().ContainSingle();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"webhook_payload": []}""")]
    [InlineData("""{"webhook_payload": ["A"]}""")]
    [InlineData("""{"webhook_payload": [{"company": "A"}]}""")]
    public async Task Rows_that_cannot_be_used_are_refused(string body)
    {
        await using var wire = await Wire.StartAsync();

        (await wire.PostAsync($"/workflows/run?workflow_id={await SampleAsync(wire)}", body)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        wire.Emulator.Jobs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_workflow_is_created_changed_run_and_deleted()
    {
        await using var wire = await Wire.StartAsync();
        const string Graph = """
            {"blocks": [
              {"sequence_number": 1, "block_type": "source", "block_name": "webhook", "specs": {"dataframe_type": "COMPANY"}, "block_id": "a"},
              {"sequence_number": 2, "block_type": "enrich", "block_name": "company_enrichment",
              "specs": {"struct": {"industry": "Industry"}, "tier": "medium"}, "block_id": "b"}],
             "edges": [{"from_block_id": "a", "to_block_id": "b"}]}
            """;
        var made = await wire.AnswerAsync(
            "/workflows/create_workflow", $$"""{"workflow_name": "Companies", "workflow_description": "", "workflow_definition": {{Graph}}}""");
        var id = (string)made["id"]!;

        await wire.AnswerAsync($"/workflows/update_workflow?workflow_id={id}", """{"workflow_name": "Ours", "starred": true}""");
        var changed = await Wire.JsonOf(await wire.GetAsync($"/workflows/{id}"));
        var run = await wire.AnswerAsync($"/workflows/run?workflow_id={id}", """{"webhook_payload": {"company_name": "Example Robotics"}}""");

        ((string)changed["name"]!, (bool)changed["starred"]!).Should().Be(("Ours", true));
        var rows = (await ListAsync(wire, $"/workflows/runs/{run["job_id"]}/results/download-links"))[^1]!["results"]!.AsArray();
        ((string)rows.Single()!["industry"]!).Should().NotBeNullOrEmpty();
        wire.Emulator.ChargedCents.Should().Be(25);
        (await wire.PostAsync($"/workflows/delete_workflow?workflow_id={id}", "")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await wire.GetAsync($"/workflows/{id}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_outgoing_webhook_block_reports_the_run_signed()
    {
        await using var hook = await Hook.StartAsync();
        var wire = hook.Wire;
        wire.Emulator.RollWebhookSecret(TimeSpan.Zero);
        var graph = $$$"""
            {"blocks": [
              {"sequence_number": 1, "block_type": "source", "block_name": "webhook", "specs": {}},
              {"sequence_number": 2, "block_type": "output", "block_name": "outgoing_webhook", "specs": {"url": "{{{hook.Address}}}"}}], "edges": []}
            """;
        var made = await wire.AnswerAsync(
            "/workflows/create_workflow", $$"""{"workflow_name": "A", "workflow_description": "", "workflow_definition": {{graph}}}""");

        var run = await wire.AnswerAsync($"/workflows/run?workflow_id={made["id"]}", Rows);
        await hook.RunAsync(deliveries: 1);

        var delivery = wire.Emulator.Deliveries.Single();
        (delivery.EventType, delivery.JobId, delivery.Signatures).Should().Be(("outgoing_webhook.completed", (string)run["job_id"]!, 1));
        var body = JsonNode.Parse(hook.Posts.Single().Body)!;
        ((string)body["event_id"]!, (string)body["run_id"]!, body["results"]!.AsArray().Count).Should().Be((delivery.EventId, delivery.JobId, 2));
    }

    private static async Task<string> SampleAsync(Wire wire) => (string)(await ListAsync(wire, "/workflows"))[0]!["id"]!;

    private static async Task<JsonObject> StartAsync(Wire wire, string more = "") =>
        await wire.AnswerAsync($"/workflows/run?workflow_id={await SampleAsync(wire)}{more}", Rows);

    private static async Task<(string Status, string Blocks)> LiveAsync(Wire wire, string run)
    {
        var live = await Wire.JsonOf(await wire.GetAsync($"/workflows/runs/{run}/live_status"));
        return ((string)live["overall_status"]!, string.Join(", ", live["blocks"]!.AsArray().Select(block => $"{block!["block_name"]} {block["status"]}")));
    }

    private static async Task<JsonArray> ListAsync(Wire wire, string path) =>
        JsonNode.Parse(await (await wire.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray();
}
