using System.Globalization;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Bulk;

/// <summary><c>GET /workflows/runs/{id}/live_status</c> of a bulk job or a workflow run: its blocks and how far they are.</summary>
internal sealed class LiveStatusEndpoint(JobBook book, TimeProvider clock, EmulatorOptions options) : IEndpoint
{
    public IEnumerable<Route> Routes => [Route.Get("/workflows/runs/{id}/live_status", Answer)];

    private Reply Answer(ApiRequest request) =>
        book.Find(request.Values[0]) is { Work: BulkWork work } job ? Reply.Ok(Status(job, work, book.Look(job))) : Refusals.JobNotFound;

    private JsonObject Status(EmulatorJob job, BulkWork work, JobState state)
    {
        var now = state.EndedAt ?? clock.GetUtcNow();
        var share = state.Status.IsSuccess ? 1 : job.ShareDone(now);
        var rows = work.Rows!.Value;
        var blocks = work.Pipeline.Blocks.Select((block, i) => (Block: block, Number: i + 1, Done: work.RowsDone(i, share))).ToList();
        var completed = blocks.TakeWhile(block => block.Done == rows).Count();
        var isQueued = state.Status == JobStatus.Pending;
        var status = isQueued ? "queued" : state.Status.Value;
        var current = state.EndedAt is null && completed < blocks.Count ? blocks[completed] : default;
        return new JsonObject
        {
            ["run_id"] = job.Id,
            ["workflow_id"] = work.Pipeline.WorkflowId is { Length: > 0 } workflow ? workflow : Dice.Guid(options.Seed, "workflow", work.Path).ToString(),
            ["overall_status"] = status,
            ["current_block"] = current.Block?.Name,
            ["current_block_sequence"] = current.Block is null ? null : current.Number,
            ["total_blocks"] = blocks.Count,
            ["completed_blocks"] = completed,
            ["overall_progress_percentage"] = Math.Round(100 * share, 1),
            ["started_at"] = Time(job.StartedAt),
            ["completed_at"] = state.EndedAt is { } end ? Time(end) : null,
            ["last_updated"] = Time(now),
            ["blocks"] = new JsonArray([.. blocks.Select(block => Block(block.Block, block.Number, block.Done, StatusOf(block.Number)))]),
        };

        string StatusOf(int number) =>
            number <= completed ? JobStatus.Completed.Value
            : isQueued ? "pending"
            : number == completed + 1 || state.EndedAt is not null ? status
            : "pending";

        JsonObject Block(PipelineBlock block, int number, int done, string blockStatus) => new()
        {
            ["block_id"] = block.Id,
            ["block_name"] = block.Name,
            ["sequence_number"] = number,
            ["status"] = blockStatus,
            ["progress_percentage"] = Math.Round(100.0 * done / rows, 1),
            ["processed_count"] = done,
            ["total_count"] = rows,
            ["last_updated"] = Time(now),
            ["metrics"] = new JsonObject { ["row_count"] = done, ["dataframe_type"] = work.Pipeline.DataframeType },
        };
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
