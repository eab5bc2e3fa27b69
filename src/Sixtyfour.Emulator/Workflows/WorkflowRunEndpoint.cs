using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Bulk;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;
using Sixtyfour.Emulator.Webhooks;

namespace Sixtyfour.Emulator.Workflows;

/// <summary>Runs of workflows: start, list, cancel, and the links to their files. How far one is tells <c>live_status</c>.</summary>
internal sealed class WorkflowRunEndpoint(
    WorkflowBook workflows, JobBook book, FaultQueue faults, BulkResearch research, FileLinks links,
    WebhookSender webhooks, EmulatorOptions options) : IEndpoint
{
    private const string Path = "/workflows/run";
    private const int MostRuns = 500;

    private readonly JobsByKey _byKey = new();

    public IEnumerable<Route> Routes =>
    [
        Route.Post(Path, StartAsync),
        Route.Post("/workflows/cancel", Cancel),
        Route.Get("/workflows/runs", List),
        Route.Get("/workflows/runs/{id}/results/download-links", FilesAsync),
    ];

    public void Clear() => _byKey.Clear();

    private async ValueTask<Reply> StartAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (WorkflowEndpoint.Given(request) is not { } id)
        {
            return WorkflowEndpoint.NoId();
        }

        if (workflows.Find(id) is not { } workflow)
        {
            return WorkflowEndpoint.NotFound();
        }

        JsonElement body = JsonText.ToElement(new JsonObject());
        if (!request.Body.IsEmpty && request.ReadJson(out body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var specs = members.Optional("specs_override", JsonValueKind.Object);
        var payload = members.Any("webhook_payload");
        var formats = ResultFormats.Read(request.Parameters("result_formats"), request.Parameter("save_json") is "true" or "True" or "1");
        if ((members.Refusal ?? ResultFormats.Refusal(formats)) is { } refusal)
        {
            return refusal;
        }

        var (definition, problem) = WorkflowDefinition.Read(workflow, specs, options);
        if (definition is null)
        {
            return problem!;
        }

        IReadOnlyList<JsonElement> rows = payload switch
        {
            { ValueKind: JsonValueKind.Object } row => [row],
            { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray()],
            _ => [],
        };
        if (Unusable(rows, definition.NeededColumns) is { } why)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, why);
        }

        return await StartAsync(workflow, definition, rows, formats, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Reply> StartAsync(
        Workflow workflow, WorkflowDefinition definition, IReadOnlyList<JsonElement> rows, IReadOnlyList<string> formats,
        ApiRequest request, CancellationToken cancellationToken)
    {
        var key = request.Header("Idempotency-Key");
        if (key is { Length: > 0 } && _byKey.Find(key) is { } known)
        {
            return Started(known, isKnown: true);
        }

        var table = await TableOfAsync(rows, cancellationToken).ConfigureAwait(false);
        var submission = new Submission(definition.PipelineOf(workflow), table, rows.Count, formats) { RowPriceCents = definition.RowPriceCents(options) };
        var isNew = false;
        var job = key is { Length: > 0 } ? _byKey.FindOrBegin(key, Begin) : Begin();
        if (!isNew || job is null)
        {
            table.Dispose();
        }

        return job is null ? Refusals.InsufficientCredits : Started(job, isKnown: !isNew);

        EmulatorJob? Begin()
        {
            isNew = true;
            var error = faults.Take(Path, stage => stage is FaultStage.Work)?.WorkError;
            var work = new BulkWork(submission, research, links, options) { Error = error, BeginsPending = true };
            var begun = book.Begin(work, WorkDesk.FingerprintOf(request), canBePolled: true);
            if (begun is not null)
            {
                workflows.Keep(workflow with { LastRunAt = begun.StartedAt });
                if (definition.ReportsTo is { } target)
                {
                    webhooks.Follow(begun, target);
                }
            }

            return begun;
        }
    }

    private static string? Unusable(IReadOnlyList<JsonElement> rows, IReadOnlyList<string> neededColumns)
    {
        if (rows.Count == 0)
        {
            return "webhook_payload is needed, with at least one row";
        }

        if (rows.Any(row => row.ValueKind is not JsonValueKind.Object))
        {
            return "webhook_payload must be an object or a list of objects";
        }

        return neededColumns.FirstOrDefault(column => rows.Any(row => !row.TryGetProperty(column, out _))) is { } missing
            ? $"webhook_payload lacks the column '{missing}'"
            : null;
    }

    private static async Task<RowFile> TableOfAsync(IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken)
    {
        var file = new SpooledFile();
        foreach (var row in rows)
        {
            await file.Content.WriteAsync((byte[])[.. JsonText.Write(row), (byte)'\n'], cancellationToken).ConfigureAwait(false);
        }

        await file.Content.FlushAsync(cancellationToken).ConfigureAwait(false);
        var table = RowFile.Of("payload.ndjson", file)!;
        await foreach (var _ in table.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // Read once, so that the columns are known.
        }

        return table;
    }

    private static Reply Started(EmulatorJob job, bool isKnown)
    {
        var answer = new JsonObject { ["status"] = "queued", ["workflow_id"] = PipelineOf(job).WorkflowId, ["job_id"] = job.Id, ["cache_config"] = null };
        if (isKnown)
        {
            answer["already_started"] = true;
        }

        return Reply.Ok(answer);
    }

    private Reply Cancel(ApiRequest request)
    {
        var inBody = JsonText.Read(request.Body).Value is { ValueKind: JsonValueKind.Object } body ? new MemberReader(body).OptionalText("job_id") : null;
        if ((request.Parameter("job_id") ?? inBody) is not { } id)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, "job_id is needed");
        }

        if (book.Find(id) is not { Work: BulkWork } job)
        {
            return Refusals.JobNotFound;
        }

        try
        {
            job.Cancel();
            return Reply.Ok(new JsonObject { ["job_id"] = id, ["status"] = "canceled" });
        }
        catch (InvalidOperationException)
        {
            return Reply.Detail(HttpStatusCode.Conflict, "The run has ended already");
        }
    }

    private Reply List(ApiRequest request)
    {
        var limit = int.TryParse(request.Parameter("limit") ?? "100", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (limit is < 1 or > MostRuns)
        {
            var given = JsonText.ToElement(JsonValue.Create(request.Parameter("limit"))!);
            return ValidationProblem.Answer([new("less_than_equal", $"Input should be between 1 and {MostRuns}", given, "query", "limit")]);
        }

        var runs = book.All().Where(job => job.Work is BulkWork { Pipeline.WorkflowId.Length: > 0 }).Reverse()
            .Where(job => WorkflowEndpoint.Given(request) is not { } workflow || PipelineOf(job).WorkflowId == workflow)
            .Select(job => Describe(job, book.Look(job)))
            .Where(run => request.Parameter("status") is not { } wanted || IsOf((string)run["status"]!, wanted));
        return Reply.Ok(new JsonArray([.. runs.Take(limit)]));
    }

    private static bool IsOf(string status, string wanted) => wanted == "active" ? status is "queued" or "running" : status == wanted;

    private JsonObject Describe(EmulatorJob job, JobState state)
    {
        var pipeline = PipelineOf(job);
        return new()
        {
            ["job_id"] = job.Id,
            ["workflow_id"] = pipeline.WorkflowId,
            ["workflow_name"] = workflows.Find(pipeline.WorkflowId)?.Name ?? "Untitled Workflow",
            ["status"] = state.Status == JobStatus.Pending ? "queued" : state.Status.Value,
            ["created_at"] = Time(job.StartedAt),
            ["queued_at"] = Time(job.StartedAt),
            ["started_at"] = Time(job.StartedAt),
            ["updated_at"] = Time(state.EndedAt ?? job.StartedAt),
            ["completed_at"] = state.EndedAt is { } end ? Time(end) : null,
            ["duration_ms"] = state.EndedAt is { } at ? (long)(at - job.StartedAt).TotalMilliseconds : null,
            ["error_message"] = state.Error,
            ["blocks_count"] = pipeline.Blocks.Count,
        };
    }

    private async ValueTask<Reply> FilesAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (book.Find(request.Values[0]) is not { Work: BulkWork work } job)
        {
            return Refusals.JobNotFound;
        }

        if (!job.Status.IsSuccess)
        {
            return Reply.Detail(HttpStatusCode.Conflict, $"The run has no results: it is {job.Status.Value}");
        }

        var format = request.Parameter("format") ?? ResultFormats.Csv;
        if (!work.Formats.Contains(format))
        {
            return Reply.Detail(HttpStatusCode.BadRequest, $"The run has kept no '{format}': it was started with {string.Join(", ", work.Formats)}");
        }

        var files = await work.FilesAsync().ConfigureAwait(false);
        return Reply.Ok(new JsonArray([.. files.Where(file => file.Format == format).Select(file => links.Entry(job, file, request.Host))]));
    }

    private static Pipeline PipelineOf(EmulatorJob job) => ((BulkWork)job.Work).Pipeline;

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
