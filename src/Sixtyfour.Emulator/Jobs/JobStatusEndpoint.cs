using System.Globalization;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Jobs;

/// <summary><c>GET /job-status/{id}</c></summary>
internal sealed class JobStatusEndpoint(JobBook book, EmulatorOptions options)
{
    public Reply Answer(string id)
    {
        if (book.Find(id) is not { } job)
            return Refusals.JobNotFound;
        var state = book.Look(job);
        return Reply.Ok(options.JobStatusForm is JobStatusForm.Documented ? Documented(job, state) : Production(job, state));
    }

    private JsonObject Production(EmulatorJob job, JobState state)
    {
        var answer = new JsonObject
        {
            ["id"] = job.Id,
            ["run_id"] = Randomness.Dice.Guid(options.Seed, "run", job.Id).ToString(),
            ["start_time"] = Time(job.StartedAt),
        };
        if (state.EndedAt is { } end)
            answer["close_time"] = Time(end);
        answer["status"] = state.Status.Value;
        AddEnd(answer, job, state);
        if (state.Status.IsSuccess)
            answer["charge_amount"] = JsonText.Number(state.ChargeCents);
        answer["task_type"] = job.TaskType;
        return answer;
    }

    private static JsonObject Documented(EmulatorJob job, JobState state)
    {
        var answer = new JsonObject { ["status"] = state.Status.Value };
        if (state.EndedAt is null)
            (answer["processed_items"], answer["total_items"]) = (0, 0);
        AddEnd(answer, job, state);
        answer["task_type"] = job.TaskType;
        return answer;
    }

    private static void AddEnd(JsonObject answer, EmulatorJob job, JobState state)
    {
        if (state.Status.IsSuccess)
            answer["result"] = JsonObject.Create(job.Work.Result);
        if (state.Error is not null)
            answer["error"] = state.Error;
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture);
}
