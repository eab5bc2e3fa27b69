using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Bulk;

/// <summary><c>GET /workflows/runs/{id}/live_status</c> of a bulk job: its stages and how far they are.</summary>
internal sealed class LiveStatusEndpoint(JobBook book, TimeProvider clock, EmulatorOptions options) : IEndpoint
{
    private const string Root = "/workflows/runs/";
    private const string End = "/live_status";
    private const double ShareOfReading = 0.05;

    public bool Owns(string path) => path.StartsWith(Root, StringComparison.Ordinal) && path.EndsWith(End, StringComparison.Ordinal) && path.Length > Root.Length + End.Length;

    public ValueTask<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(Answer(request));

    private Reply Answer(ApiRequest request)
    {
        if (request.Method != "GET")
        {
            return Reply.MethodNotAllowed("GET");
        }

        return book.Find(request.Path[Root.Length..^End.Length]) is { Work: BulkWork work } job ? Reply.Ok(Status(job, work, book.Look(job))) : Refusals.JobNotFound;
    }

    private JsonObject Status(EmulatorJob job, BulkWork work, JobState state)
    {
        var rows = work.Rows!.Value;
        var progress = state.Status.IsSuccess || job.RunTime == TimeSpan.Zero ? 1 : Math.Clamp(((state.EndedAt ?? clock.GetUtcNow()) - job.StartedAt) / job.RunTime, 0, 1);
        var read = progress < ShareOfReading ? (int)(rows * progress / ShareOfReading) : rows;
        var isRead = progress >= ShareOfReading;
        var researched = progress >= 1 ? rows : isRead ? (int)(rows * (progress - ShareOfReading) / (1 - ShareOfReading)) : 0;
        var answer = new JsonObject
        {
            ["run_id"] = job.Id,
            ["workflow_id"] = Dice.Guid(options.Seed, "workflow", work.Path).ToString(),
            ["overall_status"] = state.Status.Value,
            ["total_blocks"] = 2,
            ["completed_blocks"] = (isRead ? 1 : 0) + (state.Status.IsSuccess ? 1 : 0),
            ["overall_progress_percentage"] = Math.Round(100 * progress, 1),
            ["started_at"] = Time(job.StartedAt),
            ["last_updated"] = Time(state.EndedAt ?? clock.GetUtcNow()),
        };
        answer["blocks"] = new JsonArray(
            Block(1, "read_file", isRead ? JobStatus.Completed.Value : state.Status.Value, read),
            Block(2, work.Route.StageName, !isRead && state.EndedAt is null ? "pending" : state.Status.Value, researched));
        return answer;

        JsonObject Block(int number, string name, string status, int done) => new()
        {
            ["block_name"] = name,
            ["sequence_number"] = number,
            ["status"] = status,
            ["progress_percentage"] = Math.Round(100.0 * done / rows, 1),
            ["processed_count"] = done,
            ["total_count"] = rows,
            ["last_updated"] = answer["last_updated"]!.DeepClone(),
            ["metrics"] = new JsonObject { ["row_count"] = done, ["dataframe_type"] = work.Route.DataframeType },
        };
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O");
}
