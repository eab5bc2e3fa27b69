using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Search;

/// <summary><c>/search/exclusion-lists</c>: create, list, look at one, delete. A list is built in the background and never changes.</summary>
internal sealed class ExclusionListEndpoint(
    ExclusionLists lists, SearchBook searches, SearchRows rows, JobBook book, FaultQueue faults, TimeProvider clock) : IEndpoint
{
    private const string Path = "/search/exclusion-lists";
    private const int MostLists = 20;
    private const int MostIds = 10_000;
    private const int MostRows = 250_000;

    public IEnumerable<Route> Routes =>
    [
        Route.Post(Path, Create),
        Route.Get(Path, _ => Reply.Ok(new JsonArray([.. lists.All().Select(Describe)]))),
        Route.Get(Path + "/{id}", request => lists.Find(request.Values[0]) is { } list ? Reply.Ok(Describe(list)) : NotFound()),
        Route.Delete(Path + "/{id}", Delete),
    ];

    private Reply Create(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var name = members.OptionalText("name", 1, 120);
        var entityType = members.Word("entity_type", ["person", "company"]);
        var source = members.Required("source", JsonValueKind.Object);
        var inner = new MemberReader(source ?? JsonText.ToElement(new JsonObject()));
        var sourceType = inner.Word("type", ["entity_ids", "search_id", "resource_handle"]);
        var ids = sourceType == "entity_ids" ? inner.RequiredItems("entity_ids", JsonValueKind.String, MostIds) : [];
        var searchId = sourceType == "search_id" ? inner.RequiredText("search_id") : "";
        var most = inner.OptionalInt("max_results", 1, MostRows) ?? MostRows;
        if ((members.Refusal ?? inner.Refusal) is { } refusal)
        {
            return refusal;
        }

        var problem = sourceType switch
        {
            "resource_handle" => "Files cannot be uploaded here: name entity_ids or a search_id",
            "search_id" when searches.Find(searchId) is null => "Search not found",
            "entity_ids" when ids.Count == 0 => "entity_ids is empty",
            "entity_ids" when name is null => "name is required",
            _ when lists.All().Count >= MostLists => $"At most {MostLists} lists may be active",
            _ => null,
        };
        if (problem is not null)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, problem);
        }

        var found = sourceType == "search_id"
            ? rows.Find(searches.Find(searchId)! with { MaxResults = most }).Select(row => (string)row["entity_id"]!)
            : ids.Select(id => ExclusionLists.Normalized(id.GetString()!));
        var error = faults.Take(Path, stage => stage is FaultStage.Work)?.WorkError;
        var work = new SingleWork(Path, "exclusion_list", 0, JsonText.Null) { BeginsPending = true, IsQuick = true, Error = error };
        var job = book.Begin(work, WorkDesk.FingerprintOf(request), canBePolled: false)!;   // costs nothing
        lists.Add(new(job, name ?? "From a search", entityType, sourceType, [.. found.Distinct(StringComparer.OrdinalIgnoreCase)]));
        return Reply.Of(HttpStatusCode.Accepted, new JsonObject { ["id"] = job.Id, ["status"] = "pending" });
    }

    private Reply Delete(ApiRequest request) =>
        lists.Remove(request.Values[0]) ? Reply.Ok(new JsonObject { ["id"] = request.Values[0], ["deleted"] = true }) : NotFound();

    private JsonObject Describe(ExclusionList list)
    {
        var state = book.Look(list.Job);
        var status = state.Status == JobStatus.Pending ? "pending"
            : state.Status == JobStatus.Running ? "materializing"
            : state.Status.IsSuccess ? "ready"
            : "failed";
        return new()
        {
            ["id"] = list.Job.Id,
            ["name"] = list.Name,
            ["entity_type"] = list.EntityType,
            ["status"] = status,
            ["size"] = state.Status.IsSuccess ? list.Members.Count : null,
            ["source_type"] = list.SourceType,
            ["source_total_available"] = list.SourceType == "search_id" ? list.Members.Count : null,
            ["unresolved_count"] = list.EntityType == "company" && state.Status.IsSuccess ? 0 : null,
            ["error_message"] = state.Error,
            ["created_at"] = Time(list.Job.StartedAt),
            ["updated_at"] = Time(state.EndedAt ?? clock.GetUtcNow()),
        };
    }

    private static Reply NotFound() => Reply.Detail(HttpStatusCode.NotFound, "Exclusion list not found");

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
