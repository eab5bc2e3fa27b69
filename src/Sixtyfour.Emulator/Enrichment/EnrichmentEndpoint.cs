using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;
using Sixtyfour.Emulator.Webhooks;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary><c>/enrich-lead</c>, <c>/people-intelligence</c> and their async twins, which take and answer the same.</summary>
internal sealed class EnrichmentEndpoint(JobBook book, FaultQueue faults, AnswerBook answers, WebhookSender webhooks, EmulatorOptions options)
{
    private readonly RequestReader _reader = new(options);

    public Reply Answer(EnrichmentRoute route, ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
            return malformed;
        var (asked, refusal) = _reader.Read(body);
        if (asked is null)
            return refusal!;
        if (!options.HighTierEnabled && (asked.Tier == Tier.High || asked.Tier == Tier.XHigh))
            return Reply.Error(HttpStatusCode.Forbidden, $"The tier '{asked.Tier}' is not enabled for your organization");

        var result = JsonText.ToElement(answers.For(route.Path, asked));
        var error = faults.Take(request.Path, stage => stage is FaultStage.Work)?.WorkError;
        var work = new Work(request.Path, route.TaskType, options.PricesCents.TryGetValue(asked.Tier, out var price) ? price : 0, result, error)
        {
            BeginsPending = route.BeginsPending,
        };
        var fingerprint = route.Path + ' ' + Dice.Fingerprint(request.Body.Span);
        if (book.Begin(work, fingerprint, canBePolled: route.IsAsync) is not { } job)
            return Refusals.InsufficientCredits;
        if (route.IsAsync && asked.WebhookUrl is { } target)
            webhooks.Follow(job, target);
        return route.IsAsync ? Started(job, route) : Done(job);
    }

    private Reply Started(EmulatorJob job, EnrichmentRoute route)
    {
        var answer = new JsonObject { ["task_id"] = job.Id };
        var status = options.SubmitStatus ?? route.SubmitStatus;
        if (status.Length > 0)
            answer["status"] = status;
        return Reply.Ok(answer);
    }

    private static Reply Done(EmulatorJob job)
    {
        var reply = job.Work.Error is { } error
            ? Reply.Error(HttpStatusCode.InternalServerError, error)
            : new Reply((int)HttpStatusCode.OK, JsonText.Write(job.Work.Result));
        return reply with { ReadyAt = job.DueAt };
    }
}
