using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary><c>/enrich-lead</c>, <c>/people-intelligence</c>, <c>/enrich-company</c>, <c>/company-intelligence</c> and their async twins.</summary>
internal sealed class EnrichmentEndpoint(WorkDesk desk, JobBook book, JobsByKey dispatchIds, AnswerBook answers, EmulatorOptions options) : IEndpoint
{
    private readonly RequestReader _reader = new(options);
    private readonly object _exclusiveGate = new();

    public IEnumerable<Route> Routes => EnrichmentRoute.All.Select(route => Route.Post(route.FullPath, request => Answer(route, request)));

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

        var dispatchId = route.HonorsDispatchIds(options) ? asked.DispatchId : null;
        if (dispatchId is not null && dispatchIds.Find(dispatchId) is { } known)
        {
            return Reply.Ok(Started(known, route, asked));
        }

        var isTaken = false;
        var work = WorkFor(route, request, asked);
        var job = dispatchId is null ? Begin() : dispatchIds.FindOrBegin(dispatchId, Begin);
        if (job is null)
        {
            return isTaken ? Reply.Detail(HttpStatusCode.Conflict, "Another run of this investigation is under way") : Refusals.InsufficientCredits;
        }

        return route.IsAsync ? Reply.Ok(Started(job, route, asked)) : WorkDesk.Done(job);

        EmulatorJob? Begin()
        {
            lock (_exclusiveGate)
            {
                isTaken = asked.Atlas is { IsExclusive: true } && work.InvestigationId is { } id && IsUnderWay(id);
                return isTaken ? null : desk.Begin(request, work, route.IsAsync, asked.WebhookUrl);
            }
        }
    }

    private bool IsUnderWay(string investigation) => book.All().Any(job => job.Work.InvestigationId == investigation && job.FinishedAt is null);

    private SingleWork WorkFor(EnrichmentRoute route, ApiRequest request, EnrichmentRequest asked)
    {
        var result = JsonText.ToElement(answers.For(route.Path, asked));
        var atlas = asked.Tier == "xhigh" ? asked.Atlas : null;
        return new(request.Path, route.TaskType, options.PriceOf(asked.Tier) * (atlas?.Units ?? 1), result)
        {
            BeginsPending = route.BeginsPending,
            InvestigationId = atlas?.InvestigationFor(options.Seed, WorkDesk.FingerprintOf(request)),
        };
    }

    private JsonObject Started(EmulatorJob job, EnrichmentRoute route, EnrichmentRequest asked)
    {
        var answer = desk.Started(job, route.SubmitStatus);
        if (job.Work.InvestigationId is { } investigation)
        {
            answer["investigation"] = Atlas.Reference(investigation);
        }

        if (route.NamesUnknownMembers && asked.UnknownMembers.Count > 0)
        {
            answer["unrecognized_fields"] = new JsonArray([.. asked.UnknownMembers.Select(name => JsonValue.Create(name))]);
        }

        return answer;
    }
}
