using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Contacts;

/// <summary>
/// <c>/find-email</c>, <c>/find-phone</c>, <c>/reverse-email</c> and <c>/reverse-phone</c>, each for one person and for a batch, each with its async
/// twin.
/// </summary>
internal sealed class ContactEndpoint(WorkDesk desk, AnswerBook answers, EmulatorOptions options) : IEndpoint
{
    private const int MostLeads = 100;

    public IEnumerable<Route> Routes => ContactSearch.All.SelectMany(search => (Route[])
    [
        Route.Post(search.Path, request => Answer(search, isBatch: false, request)),
        Route.Post(search.Path + "-async", request => Answer(search, isBatch: false, request)),
        Route.Post(search.Path + "-bulk", request => Answer(search, isBatch: true, request)),
        Route.Post(search.Path + "-bulk-async", request => Answer(search, isBatch: true, request)),
    ]);

    private Reply Answer(ContactSearch search, bool isBatch, ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var leads = isBatch
            ? members.RequiredItems("leads", JsonValueKind.Object, MostLeads)
            : members.Required("lead", JsonValueKind.Object) is { } lead ? [lead] : [];
        search = search.Read(members);
        var webhookUrl = WebhookUrlRules.Read(members);
        var refusal = members.Refusal ?? Refusal(search, leads) ?? WebhookUrlRules.Refusal(webhookUrl, options);
        if (refusal is not null)
        {
            return refusal;
        }

        var found = leads.Select(each => Find(search, each)).ToList();
        var result = JsonText.ToElement(isBatch ? new JsonArray([.. found]) : found[0]);
        var price = leads.Sum(each => options.PriceOf(search.PriceOf(each)));
        return desk.Accept(request, new SingleWork(request.Path, search.TaskType + (isBatch ? "_bulk" : ""), price, result) { IsQuick = true }, webhookUrl);
    }

    private static Reply? Refusal(ContactSearch search, IReadOnlyList<JsonElement> leads)
    {
        if (leads.Count == 0 || leads.Any(lead => !lead.EnumerateObject().Any(member => EnrichmentRequest.HasValue(member.Value))))
        {
            return Reply.Detail(HttpStatusCode.BadRequest, "Lead data is required");
        }

        return search.Needs is { } needed && leads.Any(lead => EnrichmentRequest.ValueOf(lead, needed) is null)
            ? Reply.Detail(HttpStatusCode.BadRequest, $"Lead data needs '{needed}'")
            : null;
    }

    private JsonObject Find(ContactSearch search, JsonElement lead)
    {
        var answer = JsonText.ToObject(lead);
        foreach (var (name, value) in answers.Given(search.Path, lead) ?? search.Find(lead, options))
        {
            answer[name] = value?.DeepClone();
        }

        answer["cost_cents"] = JsonText.Number(options.PriceOf(search.PriceOf(lead)));
        return answer;
    }
}
