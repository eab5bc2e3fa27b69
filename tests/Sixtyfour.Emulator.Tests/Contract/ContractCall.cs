using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Tests.Bulk;

namespace Sixtyfour.Emulator.Tests.Contract;

/// <summary>A call of an operation of the contract, and the status it is answered with.</summary>
internal sealed record ContractCall(string Operation, string Case, HttpStatusCode Status, Func<Wire, Task<HttpResponseMessage>> Send)
{
    private const string Lead = """{"lead_info": {"name": "Nadia Okafor"}, "struct": {"title": "Title"}""";
    private const string Company = """{"target_company": {"company_name": "Example Robotics"}, "struct": {"industry": "Industry"}""";
    private const string Judged = """{"data": {"name": "A"}, "qualification_criteria": [{"criteria_name": "fit", "description": "Fits"}]}""";
    private const string Graph = """{"blocks": [{"sequence_number": 1, "block_type": "source", "block_name": "webhook", "specs": {}}], "edges": []}""";
    private const string Rows = """{"webhook_payload": [{"name": "Nadia Okafor"}, {"name": "B"}]}""";
    private const string Ids = """{"name": "Customers", "source": {"type": "entity_ids", "entity_ids": ["1", "2"]}}""";

    public bool OnManualClock { get; init; }

    public static IReadOnlyList<ContractCall> All { get; } =
    [
        .. Both("/people-intelligence", Lead + "}"),
        new("POST /people-intelligence-async", "an investigation", HttpStatusCode.OK, wire => wire.PostAsync(
            "/people-intelligence-async", Lead + """, "tier": "xhigh"}""")),
        new("POST /people-intelligence-async", "unknown members", HttpStatusCode.OK, wire => wire.PostAsync(
            "/people-intelligence-async", Lead + """, "budget": 5}""")),
        new("POST /people-intelligence-async", "scout", HttpStatusCode.OK, wire => wire.PostAsync(
            "/people-intelligence-async", Lead + """, "tier": "scout"}""")),
        .. Both("/company-intelligence", Company + "}"),
        .. Both("/qa-agent", Judged),
        .. new[] { "find-email", "find-phone", "reverse-email", "reverse-phone" }.SelectMany(Contact),
        Post("/enrich-linkedin", """{"linkedin_url": "https://www.linkedin.com/in/nadia-okafor-example"}"""),
        Post("/struct-builder/generate", """{"description": "job title, number of employees and a list of skills"}"""),
        Get("/check-balance"),
        new("POST /bulk-intelligence/people", "a file", HttpStatusCode.OK, wire => wire.UploadAsync(config: "{}")),
        new("POST /bulk-intelligence/people", "a file in credits", HttpStatusCode.OK, wire => wire.UploadAsync(path: BulkWire.People + "?cost_units=credits")),
        new("POST /bulk-intelligence/people", "a file again", HttpStatusCode.OK, async wire =>
        {
            await wire.UploadAsync(key: "once");
            return await wire.UploadAsync(key: "once");
        }),
        new("POST /bulk-intelligence/people", "an open configuration", HttpStatusCode.UnprocessableEntity, wire => wire.UploadAsync(
            config: """{"dispatch_id": "12345678"}""")),
        new("POST /bulk-intelligence/company", "a file", HttpStatusCode.OK, wire => wire.UploadAsync(path: BulkWire.Companies)),
        new("POST /bulk-intelligence/company", "no such tier", HttpStatusCode.UnprocessableEntity,
            wire => wire.UploadAsync(path: BulkWire.Companies, config: """{"struct": {"a": "A"}, "tier": "xhigh"}""")),
        .. Jobs,
        .. Searches,
        .. Workflows,
        .. Refusals,
    ];

    private static IEnumerable<ContractCall> Jobs =>
    [
        new("GET /job-status/{job_id}", "running", HttpStatusCode.OK, async wire => await Poll(
            wire, await wire.StartJobAsync("/people-intelligence-async"))) { OnManualClock = true },
        new("GET /job-status/{job_id}", "completed", HttpStatusCode.OK, async wire => await Poll(wire, await wire.StartJobAsync("/people-intelligence-async"))),
        new("GET /job-status/{job_id}", "completed in credits", HttpStatusCode.OK, async wire => await Poll(
            wire, await wire.StartJobAsync("/people-intelligence-async") + "?cost_units=credits")),
        new("GET /job-status/{job_id}", "failed", HttpStatusCode.OK, async wire =>
        {
            wire.Emulator.Inject(Fault.FailsTheJob("no"), "/people-intelligence-async");
            return await Poll(wire, await wire.StartJobAsync("/people-intelligence-async"));
        }),
        new("GET /job-status/{job_id}", "an investigation", HttpStatusCode.OK,
            async wire => await Poll(wire, await wire.StartJobAsync("/people-intelligence-async", Lead + """, "tier": "xhigh"}"""))),
        new("GET /job-status/{job_id}", "a batch", HttpStatusCode.OK, async wire => await Poll(
            wire, await wire.StartJobAsync("/find-email-bulk-async", """{"leads": [{"name": "A"}, {"name": "B"}]}"""))),
        new("GET /job-status/{job_id}", "a bulk file that runs", HttpStatusCode.OK, async wire => await Poll(
            wire, (string)(await wire.SubmitAsync())["task_id"]!)) { OnManualClock = true },
        new("GET /job-status/{job_id}", "a bulk file", HttpStatusCode.OK, async wire => await Poll(wire, (string)(await wire.SubmitAsync())["task_id"]!)),
        new("GET /workflows/runs/{run_id}/live_status", "a bulk file", HttpStatusCode.OK,
            async wire => await wire.GetAsync($"/workflows/runs/{(string)(await wire.SubmitAsync())["task_id"]!}/live_status")) { OnManualClock = true },
    ];

    private static IEnumerable<ContractCall> Searches =>
    [
        Post("/search/query", """{"query": "heads of data", "mode": "people", "page_size": 5}"""),
        new("POST /search/query", "the next page", HttpStatusCode.OK, async wire =>
        {
            var first = await wire.AnswerAsync("/search/query", """{"simple_filters": {"a": 1}}""");
            return await wire.PostAsync("/search/query", $$"""{"cursor": "{{first["next_cursor"]}}"}""");
        }),
        new("POST /search/query", "no source", HttpStatusCode.BadRequest, wire => wire.PostAsync("/search/query", "{}")),
        new("POST /search/query", "unknown search", HttpStatusCode.NotFound, wire => wire.PostAsync("/search/query", """{"search_id": "none"}""")),
        Post("/search/start-deep-search", """{"query": "robotics"}"""),
        new("GET /search/status/{task_id}", "open", HttpStatusCode.OK, async wire => await wire.GetAsync(
            "/search/status/" + await Deep(wire))) { OnManualClock = true },
        new("GET /search/status/{task_id}", "done", HttpStatusCode.OK, async wire => await wire.GetAsync("/search/status/" + await Deep(wire))),
        new("GET /search/status/{task_id}", "unknown", HttpStatusCode.NotFound, wire => wire.GetAsync("/search/status/none")),
        new("GET /search/deep-search-status/{task_id}", "done", HttpStatusCode.OK, async wire => await wire.GetAsync(
            "/search/deep-search-status/" + await Deep(wire))),
        new("GET /search/download", "a file", HttpStatusCode.OK, async wire =>
        {
            var done = await Wire.JsonOf(await wire.GetAsync("/search/status/" + await Deep(wire)));
            return await wire.GetAsync($"/search/download?resource_handle_id={done["resource_handle_id"]}");
        }),
        Post("/search/export", """{"parsed_query": {}}"""),
        Get("/search/filter-capabilities"),
        Get("/search/limits"),
        new("POST /search/lookalike", "seeds", HttpStatusCode.Accepted, wire => wire.PostAsync(
            "/search/lookalike", """{"linkedin_urls": ["https://www.linkedin.com/in/a"]}""")),
        new("GET /search/lookalike/{task_id}", "done", HttpStatusCode.OK, async wire =>
            await wire.GetAsync(
                "/search/lookalike/" + (await wire.AnswerAsync("/search/lookalike", """{"linkedin_urls": ["https://www.linkedin.com/in/a"]}"""))["task_id"])),
        new("POST /search/exclusion-lists", "ids", HttpStatusCode.Accepted, wire => wire.PostAsync("/search/exclusion-lists", Ids)),
        new("GET /search/exclusion-lists", "one", HttpStatusCode.OK, async wire =>
        {
            await wire.PostAsync("/search/exclusion-lists", Ids);
            return await wire.GetAsync("/search/exclusion-lists");
        }),
        new("GET /search/exclusion-lists/{list_id}", "one", HttpStatusCode.OK,
            async wire => await wire.GetAsync("/search/exclusion-lists/" + (await wire.AnswerAsync("/search/exclusion-lists", Ids))["id"])),
        new("DELETE /search/exclusion-lists/{list_id}", "one", HttpStatusCode.OK, async wire => await wire.Http.DeleteAsync(
            new Uri("/search/exclusion-lists/" + (await wire.AnswerAsync("/search/exclusion-lists", Ids))["id"], UriKind.Relative),
            TestContext.Current.CancellationToken)),
    ];

    private static IEnumerable<ContractCall> Workflows =>
    [
        Get("/workflows"),
        Get("/workflows/blocks"),
        new("GET /workflows/{workflow_id}", "the sample", HttpStatusCode.OK, async wire => await wire.GetAsync("/workflows/" + await Sample(wire))),
        new("GET /workflows/{workflow_id}", "unknown", HttpStatusCode.NotFound, wire => wire.GetAsync("/workflows/none")),
        Post("/workflows/create_workflow", $$"""{"workflow_name": "A", "workflow_description": "B", "workflow_definition": {{Graph}}}"""),
        new("POST /workflows/create_workflow", "no blocks", HttpStatusCode.UnprocessableEntity, wire => wire.PostAsync(
            "/workflows/create_workflow", """{"workflow_name": "A"}""")),
        new("POST /workflows/create_workflow", "a taken id", HttpStatusCode.Conflict, async wire =>
            await wire.PostAsync("/workflows/create_workflow",
                $$"""{"id": "{{await Sample(wire)}}", "workflow_name": "A", "workflow_description": "B", "workflow_definition": {{Graph}}}""")),
        new("POST /workflows/update_workflow", "the sample", HttpStatusCode.OK,
            async wire => await wire.PostAsync(
                $"/workflows/update_workflow?workflow_id={await Sample(wire)}", """{"workflow_name": "Other", "starred": true}""")),
        new("POST /workflows/delete_workflow", "the sample", HttpStatusCode.OK, async wire => await wire.PostAsync(
            $"/workflows/delete_workflow?workflow_id={await Sample(wire)}", "{}")),
        new("POST /workflows/run", "rows", HttpStatusCode.OK, async wire => await wire.PostAsync($"/workflows/run?workflow_id={await Sample(wire)}", Rows)),
        new("POST /workflows/run", "no rows", HttpStatusCode.BadRequest, async wire => await wire.PostAsync(
            $"/workflows/run?workflow_id={await Sample(wire)}", "{}")),
        new("GET /workflows/runs", "one", HttpStatusCode.OK, async wire =>
        {
            await Run(wire);
            return await wire.GetAsync("/workflows/runs?status=completed&limit=5");
        }),
        new("GET /workflows/runs", "an open one", HttpStatusCode.OK, async wire =>
        {
            await Run(wire);
            return await wire.GetAsync("/workflows/runs?status=active");
        }) { OnManualClock = true },
        new("POST /workflows/cancel", "an open run", HttpStatusCode.OK, async wire => await wire.PostAsync(
            $"/workflows/cancel?job_id={await Run(wire)}", "")) { OnManualClock = true },
        new("POST /workflows/cancel", "an ended run", HttpStatusCode.Conflict, async wire => await wire.PostAsync(
            "/workflows/cancel", $$"""{"job_id": "{{await Run(wire)}}"}""")),
        new("POST /workflows/cancel", "unknown", HttpStatusCode.NotFound, wire => wire.PostAsync("/workflows/cancel?job_id=none", "")),
        new("GET /workflows/runs/{run_id}/live_status", "a run", HttpStatusCode.OK, async wire => await wire.GetAsync(
            $"/workflows/runs/{await Run(wire)}/live_status")),
        new("GET /workflows/runs/{run_id}/results/download-links", "a run", HttpStatusCode.OK, async wire => await wire.GetAsync(
            $"/workflows/runs/{await Run(wire)}/results/download-links")),
        new("GET /workflows/runs/{run_id}/results/download-links", "an open run", HttpStatusCode.Conflict,
            async wire => await wire.GetAsync($"/workflows/runs/{await Run(wire)}/results/download-links")) { OnManualClock = true },
    ];

    private static IEnumerable<ContractCall> Refusals =>
    [
        new("GET /check-balance", "no key", HttpStatusCode.Unauthorized, wire =>
        {
            wire.Http.DefaultRequestHeaders.Clear();
            return wire.GetAsync("/check-balance");
        }),
        new("POST /people-intelligence", "an empty account", HttpStatusCode.PaymentRequired, wire => Poor(wire, "/people-intelligence", Lead + "}")),
        new("POST /search/query", "an empty account", HttpStatusCode.PaymentRequired, wire => Poor(wire, "/search/query", """{"query": "a"}""")),
        new("POST /search/start-deep-search", "an empty account", HttpStatusCode.PaymentRequired, wire => Poor(
            wire, "/search/start-deep-search", """{"query": "a"}""")),
        new("POST /bulk-intelligence/people", "an empty account", HttpStatusCode.PaymentRequired, wire =>
        {
            wire.Emulator.BalanceCents = 0;
            return wire.UploadAsync();
        }),
        new("POST /people-intelligence", "a gated tier", HttpStatusCode.Forbidden, wire =>
        {
            wire.Emulator.Inject(Fault.Status(HttpStatusCode.Forbidden));
            return wire.PostAsync("/people-intelligence", Lead + "}");
        }),
        new("GET /job-status/{job_id}", "unknown", HttpStatusCode.NotFound, wire => Poll(wire, "none")),
        new("GET /job-status/{job_id}", "another unit", HttpStatusCode.UnprocessableEntity, wire => Poll(wire, "none?cost_units=euros")),
        new("POST /people-intelligence", "malformed", HttpStatusCode.BadRequest, wire => wire.PostAsync("/people-intelligence", "{")),
        new("POST /people-intelligence-async", "a short id", HttpStatusCode.UnprocessableEntity, wire => wire.PostAsync(
            "/people-intelligence-async", Lead + """, "dispatch_id": "short"}""")),
        Injected(Fault.RateLimited(TimeSpan.FromSeconds(5)), HttpStatusCode.TooManyRequests),
        Injected(Fault.Status(HttpStatusCode.InternalServerError), HttpStatusCode.InternalServerError),
        Injected(Fault.Status(HttpStatusCode.ServiceUnavailable), HttpStatusCode.ServiceUnavailable),
        Injected(Fault.NotStarted(), HttpStatusCode.ServiceUnavailable),
        new("POST /search/query", "gateway", HttpStatusCode.GatewayTimeout, wire =>
        {
            wire.Emulator.Inject(Fault.Status(HttpStatusCode.GatewayTimeout));
            return wire.PostAsync("/search/query", "{}");
        }),
    ];

    public override string ToString() => $"{Operation}: {Case}";

    private static ContractCall Get(string path) => new("GET " + path, "as it is", HttpStatusCode.OK, wire => wire.GetAsync(path));

    private static ContractCall Post(string path, string body) => new("POST " + path, "as it is", HttpStatusCode.OK, wire => wire.PostAsync(path, body));

    private static ContractCall[] Both(string path, string body) => [Post(path, body), Post(path + "-async", body)];

    private static IEnumerable<ContractCall> Contact(string name)
    {
        const string Known = """{"name": "Nadia Okafor", "email": "nadia@example.com", "phone": "+1 555-0100"}""";
        return [.. Both("/" + name, $$"""{"lead": {{Known}}}"""), .. Both($"/{name}-bulk", $$"""{"leads": [{{Known}}]}""")];
    }

    private static ContractCall Injected(Fault fault, HttpStatusCode status) => new("GET /check-balance", $"injected {fault}", status, wire =>
    {
        wire.Emulator.Inject(fault);
        return wire.GetAsync("/check-balance");
    });

    private static Task<HttpResponseMessage> Poor(Wire wire, string path, string body)
    {
        wire.Emulator.BalanceCents = 0;
        return wire.PostAsync(path, body);
    }

    private static Task<HttpResponseMessage> Poll(Wire wire, string id) => wire.GetAsync("/job-status/" + id);

    private static async Task<string> Deep(Wire wire) =>
        (string)(await wire.AnswerAsync("/search/start-deep-search", """{"query": "robotics", "max_results": 3}"""))["task_id"]!;

    private static async Task<string> Sample(Wire wire) =>
        (string)JsonNode.Parse(await (await wire.GetAsync("/workflows")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))![0]!["id"]!;

    private static async Task<string> Run(Wire wire) => (string)(await wire.AnswerAsync($"/workflows/run?workflow_id={await Sample(wire)}", Rows))["job_id"]!;
}
