using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;
using Sixtyfour.Emulator.Webhooks;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary><c>/enrich-lead</c>, <c>/people-intelligence</c>, <c>/enrich-company</c>, <c>/company-intelligence</c> and their async twins.</summary>
internal sealed class EnrichmentEndpoint(JobBook book, FaultQueue faults, AnswerBook answers, WebhookSender webhooks, EmulatorOptions options) : IEndpoint
{
    private readonly RequestReader _reader = new(options);

    public bool Owns(string path) => EnrichmentRoute.Find(path) is not null;

    public ValueTask<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(request.Method == "POST" ? Answer(EnrichmentRoute.Find(request.Path)!, request) : Reply.MethodNotAllowed("POST"));

    private Reply Answer(EnrichmentRoute route, ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var (asked, refusal) = _reader.Read(body, route.Form);
        if (asked is null)
        {
            return refusal!;
        }

        var result = JsonText.ToElement(answers.For(route.Path, asked));
        var error = faults.Take(request.Path, stage => stage is FaultStage.Work)?.WorkError;
        var work = new SingleWork(request.Path, route.TaskType, options.PriceOf(asked.Tier), result, error) { BeginsPending = route.BeginsPending };
        var fingerprint = route.Path + ' ' + Dice.Fingerprint(request.Body.Span);
        if (book.Begin(work, fingerprint, canBePolled: route.IsAsync) is not { } job)
        {
            return Refusals.InsufficientCredits;
        }

        if (route.IsAsync && asked.WebhookUrl is { } target)
        {
            webhooks.Follow(job, target);
        }

        return route.IsAsync ? Started(job, route) : Done(job, work);
    }

    private Reply Started(EmulatorJob job, EnrichmentRoute route)
    {
        var answer = new JsonObject { ["task_id"] = job.Id };
        var status = options.SubmitStatus ?? route.SubmitStatus;
        if (status.Length > 0)
        {
            answer["status"] = status;
        }

        return Reply.Ok(answer);
    }

    private static Reply Done(EmulatorJob job, SingleWork work)
    {
        var reply = work.Error is { } error
            ? Reply.Error(HttpStatusCode.InternalServerError, error)
            : new Reply((int)HttpStatusCode.OK, JsonText.Write(work.Result));
        return reply with { ReadyAt = job.DueAt };
    }
}
