using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;
using Sixtyfour.Emulator.Webhooks;

namespace Sixtyfour.Emulator.Jobs;

/// <summary>Takes single pieces of work on: charges, begins, reports the end, and makes the answers of both forms.</summary>
internal sealed class WorkDesk(JobBook book, FaultQueue faults, WebhookSender webhooks, EmulatorOptions options)
{
    private const string AsyncEnding = "-async";

    /// <summary>The same for the same request at a path or at its async twin.</summary>
    public static string FingerprintOf(ApiRequest request) =>
        (IsAsync(request) ? request.Path[..^AsyncEnding.Length] : request.Path) + ' ' + Dice.Fingerprint(request.Body.Span);

    /// <summary>Begins the work, and answers with its result when it is done, or at once with its id where the path is an async one.</summary>
    public Reply Accept(ApiRequest request, SingleWork work, Uri? webhookUrl)
    {
        var isAsync = IsAsync(request);
        if (Begin(request, work, isAsync, webhookUrl) is not { } job)
        {
            return Refusals.InsufficientCredits;
        }

        return isAsync ? Reply.Ok(Started(job, "RUNNING")) : Done(job);
    }

    /// <summary>Begins the work; null when the balance does not cover it.</summary>
    public EmulatorJob? Begin(ApiRequest request, SingleWork work, bool isAsync, Uri? webhookUrl)
    {
        var error = faults.Take(request.Path, stage => stage is FaultStage.Work)?.WorkError;
        var job = book.Begin(work with { Error = error }, FingerprintOf(request), canBePolled: isAsync);
        if (job is not null && isAsync && webhookUrl is not null)
        {
            webhooks.Follow(job, webhookUrl);
        }

        return job;
    }

    public JsonObject Started(EmulatorJob job, string status)
    {
        var answer = new JsonObject { ["task_id"] = job.Id };
        if ((options.SubmitStatus ?? status) is { Length: > 0 } word)
        {
            answer["status"] = word;
        }

        return answer;
    }

    private static bool IsAsync(ApiRequest request) => request.Path.EndsWith(AsyncEnding, StringComparison.Ordinal);

    public static Reply Done(EmulatorJob job)
    {
        var work = (SingleWork)job.Work;
        var reply = work.Error is { } error
            ? Reply.Error(HttpStatusCode.InternalServerError, error)
            : new Reply((int)HttpStatusCode.OK, JsonText.Write(work.Result));
        return reply with { ReadyAt = job.DueAt };
    }
}
