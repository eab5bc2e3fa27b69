using System.Globalization;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Billing;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Jobs;

/// <summary><c>GET /job-status/{id}</c></summary>
internal sealed class JobStatusEndpoint(JobBook book, TimeProvider clock, EmulatorOptions options) : IEndpoint
{
    public IEnumerable<Route> Routes => [Route.Get("/job-status/{id}", AnswerAsync)];

    private async ValueTask<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (CostUnits.Read(request, out var inCredits) is { } refusal)
        {
            return refusal;
        }

        if (book.Find(request.Values[0]) is not { } job)
        {
            return Refusals.JobNotFound;
        }

        var state = book.Look(job);
        var answer = options.JobStatusForm is JobStatusForm.Documented
            ? await DocumentedAsync(job, state, request.Host).ConfigureAwait(false)
            : await ProductionAsync(job, state, request.Host).ConfigureAwait(false);
        if (inCredits)
        {
            CostUnits.ToCredits(answer, "charge_amount", "charge_credits");
        }

        return Reply.Ok(answer);
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
        if (state.EndedAt is null)
        {
            job.Work.AddProgress(answer, job.ShareDone(clock.GetUtcNow()));
        }

        await AddEndAsync(answer, job, state, host).ConfigureAwait(false);
        if (state.Status.IsSuccess)
        {
            answer["charge_amount"] = JsonText.Number(state.ChargeCents);
        }

        answer["task_type"] = job.TaskType;
        if (job.Work.InvestigationId is { } investigation)
        {
            answer["investigation"] = Atlas.Reference(investigation);
        }

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
