using System.Globalization;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Jobs;

/// <summary><c>GET /job-status/{id}</c></summary>
internal sealed class JobStatusEndpoint(JobBook book, EmulatorOptions options) : IEndpoint
{
    private const string Root = "/job-status/";

    public bool Owns(string path) => path.StartsWith(Root, StringComparison.Ordinal) && path.Length > Root.Length;

    public async ValueTask<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Method != "GET")
        {
            return Reply.MethodNotAllowed("GET");
        }

        if (book.Find(request.Path[Root.Length..]) is not { } job)
        {
            return Refusals.JobNotFound;
        }

        var state = book.Look(job);
        var answer = options.JobStatusForm is JobStatusForm.Documented ? DocumentedAsync(job, state, request.Host) : ProductionAsync(job, state, request.Host);
        return Reply.Ok(await answer.ConfigureAwait(false));
    }

    private async Task<JsonObject> ProductionAsync(EmulatorJob job, JobState state, string? host)
    {
        var answer = new JsonObject
        {
            ["id"] = job.Id,
            ["run_id"] = Randomness.Dice.Guid(options.Seed, "run", job.Id).ToString(),
            ["start_time"] = Time(job.StartedAt),
        };
        if (state.EndedAt is { } end)
        {
            answer["close_time"] = Time(end);
        }

        answer["status"] = state.Status.Value;
        await AddEndAsync(answer, job, state, host).ConfigureAwait(false);
        if (state.Status.IsSuccess)
        {
            answer["charge_amount"] = JsonText.Number(state.ChargeCents);
        }

        answer["task_type"] = job.TaskType;
        return answer;
    }

    private static async Task<JsonObject> DocumentedAsync(EmulatorJob job, JobState state, string? host)
    {
        var answer = new JsonObject { ["status"] = state.Status.Value };
        if (state.EndedAt is null)
        {
            (answer["processed_items"], answer["total_items"]) = (0, 0);
        }

        await AddEndAsync(answer, job, state, host).ConfigureAwait(false);
        answer["task_type"] = job.TaskType;
        return answer;
    }

    private static async Task AddEndAsync(JsonObject answer, EmulatorJob job, JobState state, string? host)
    {
        if (state.Status.IsSuccess)
        {
            await job.Work.AddResultAsync(answer, job, host).ConfigureAwait(false);
        }

        if (state.Error is not null)
        {
            answer["error"] = state.Error;
        }
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture);
}
