using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Bulk;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Search;

/// <summary><c>POST /search/lookalike</c> and its state: a search for people like some others, which <c>/search/query</c> then reads.</summary>
internal sealed class LookalikeEndpoint(SearchBook searches, JobBook book, FaultQueue faults, FileLinks links, EmulatorOptions options) : IEndpoint
{
    private const string Path = "/search/lookalike";
    private const int MostSeeds = 1000;
    private const int LongestGuidance = 2000;

    public IEnumerable<Route> Routes => [Route.Post(Path, Start), Route.Get(Path + "/{id}", Status)];

    private Reply Start(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var handle = members.OptionalText("csv_resource_handle_id");
        var seeds = members.OptionalTexts("linkedin_urls", MostSeeds);
        members.OptionalText("guidance", most: LongestGuidance);
        members.OptionalInt("analysis_sample_size", 1, 100);
        if (members.Refusal is { } refusal)
        {
            return refusal;
        }

        if (handle is not null || seeds.Count == 0)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, "Exactly one seed source is needed, and files cannot be uploaded here: name linkedin_urls");
        }

        var search = new SearchDefinition(searches.NewId("search"), "people", options.SearchMaxResults) { Seeds = seeds };
        var error = faults.Take(request.Path, stage => stage is FaultStage.Work)?.WorkError;
        var work = new SearchWork(Path, "lookalike_search", 0, search, [], leavesFile: false, links) { Error = error };
        var job = book.Begin(work, WorkDesk.FingerprintOf(request), canBePolled: true)!;   // costs nothing
        searches.Remember(search);
        return Reply.Of(HttpStatusCode.Accepted, new JsonObject
        {
            ["task_id"] = job.Id,
            ["search_id"] = search.Id,
            ["status"] = "queued",
            ["seed_diagnostics"] = Diagnostics(search),
        });
    }

    private Reply Status(ApiRequest request)
    {
        if (book.Find(request.Values[0]) is not { Work: SearchWork { Path: Path } work } job)
        {
            return Reply.Detail(HttpStatusCode.NotFound, "Task not found");
        }

        var state = book.Look(job);
        var isDone = state.Status.IsSuccess;
        return Reply.Ok(new JsonObject
        {
            ["task_id"] = job.Id,
            ["status"] = state.Status == JobStatus.Pending ? "queued" : state.Status.Value,
            ["start_time"] = Time(job.StartedAt),
            ["close_time"] = state.EndedAt is { } end ? Time(end) : null,
            ["search_id"] = work.Search.Id,
            ["total_results"] = isDone ? Math.Min(options.SearchResultCount, work.Search.MaxResults) : null,
            ["filters"] = isDone && request.Parameter("include_filters") != "false"
                ? new JsonObject { ["job_title"] = new JsonObject { ["$exists"] = true } }
                : null,
            ["analysis"] = isDone && request.Parameter("include_analysis") != "false" ? new JsonObject { ["summary"] = "People in similar roles" } : null,
            ["seed_diagnostics"] = Diagnostics(work.Search),
            ["warnings"] = new JsonArray(),
            ["error"] = state.Error,
        });
    }

    private static JsonObject Diagnostics(SearchDefinition search)
    {
        var parsed = search.Seeds.Select(ExclusionLists.Normalized).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return new()
        {
            ["seed_type"] = "linkedin_urls",
            ["supplied"] = search.Seeds.Count,
            ["parsed"] = parsed,
            ["resolved"] = parsed,
            ["skipped"] = search.Seeds.Count - parsed,
            ["analyzed"] = parsed,
            ["errors"] = new JsonArray(),
            ["warnings"] = new JsonArray(),
        };
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
