using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Bulk;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Search;

/// <summary><c>/search/start-deep-search</c> and <c>/search/export</c>, their state, and the way to their files.</summary>
internal sealed class DeepSearchEndpoint(
    SearchBook searches, SearchRows rows, ExclusionLists lists, JobBook book, FaultQueue faults, FileLinks links, EmulatorOptions options) : IEndpoint
{
    private const string DeepPath = "/search/start-deep-search";
    private const string ExportPath = "/search/export";
    private const string HandlePrefix = "rh_";
    private const int MostAtOnce = 5;

    private readonly JobsByKey _bySearchId = new();

    public IEnumerable<Route> Routes =>
    [
        Route.Post(DeepPath, StartDeep),
        Route.Post(ExportPath, StartExport),
        Route.Get("/search/status/{id}", Status),
        Route.Get("/search/deep-search-status/{id}", Status),
        Route.Get("/search/download", DownloadAsync),
    ];

    public void Clear() => _bySearchId.Clear();

    private Reply StartDeep(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var query = members.RequiredText("query");
        var searchId = members.OptionalText("search_id");
        var output = members.Word("output_mode", ["csv", "query_only"]);
        var scope = SearchScope.Read(members, "people", "company");
        if ((members.Refusal ?? scope.Refusal(lists, options)) is { } refusal)
        {
            return refusal;
        }

        if (string.IsNullOrWhiteSpace(query))
        {
            return Reply.Detail(HttpStatusCode.BadRequest, "query is empty");
        }

        var isCrowded = false;
        var job = searchId is null ? Begin() : _bySearchId.FindOrBegin(searchId, Begin);
        return job is not null ? Started(job, "Search accepted")
            : isCrowded ? Reply.Error(HttpStatusCode.TooManyRequests, $"At most {MostAtOnce} deep searches run at once")
            : Refusals.InsufficientCredits;

        EmulatorJob? Begin()
        {
            isCrowded = OpenJobs(DeepPath).Count() >= MostAtOnce;
            var search = scope.Define(searchId ?? searches.NewId("search"), lists, options) with { Text = query };
            return isCrowded ? null : this.Begin(request, "deep_search", search, leavesFile: output == "csv");
        }
    }

    private Reply StartExport(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var searchId = members.OptionalText("search_id");
        var parsed = members.Optional("parsed_query", JsonValueKind.Object);
        var scope = SearchScope.Read(members, "company", "people");
        if ((members.Refusal ?? scope.Refusal(lists, options)) is { } refusal)
        {
            return refusal;
        }

        if (searchId is null == parsed is null)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, "Exactly one of search_id and parsed_query is needed");
        }

        if (searchId is not null && searches.Find(searchId) is null)
        {
            return Reply.Detail(HttpStatusCode.NotFound, "Search not found");
        }

        if (searchId is not null && OpenJobs(ExportPath).Any(job => ((SearchWork)job.Work).Search.Id == searchId))
        {
            return Reply.Detail(HttpStatusCode.Conflict, "An export of this search is running");
        }

        var search = scope.Define(searchId ?? searches.NewId("search"), lists, options) with { Filters = parsed };
        return Begin(request, "search_export", search, leavesFile: true) is { } begun ? Started(begun, "Export accepted") : Refusals.InsufficientCredits;
    }

    private EmulatorJob? Begin(ApiRequest request, string taskType, SearchDefinition search, bool leavesFile)
    {
        var found = rows.Find(search);
        var error = faults.Take(request.Path, stage => stage is FaultStage.Work)?.WorkError;
        var cents = leavesFile ? found.Count * options.PriceOf("search_row") : 0;
        var work = new SearchWork(request.Path, taskType, cents, search, found, leavesFile, links) { Error = error };
        var job = book.Begin(work, WorkDesk.FingerprintOf(request), canBePolled: true);
        if (job is not null)
        {
            searches.Remember(search);
        }

        return job;
    }

    private IEnumerable<EmulatorJob> OpenJobs(string path) => book.All().Where(job => job.Path == path && job.FinishedAt is null);

    private static Reply Started(EmulatorJob job, string message) =>
        Reply.Ok(new JsonObject { ["task_id"] = job.Id, ["status"] = "queued", ["message"] = message });

    private Reply Status(ApiRequest request)
    {
        if (book.Find(request.Values[0]) is not { Work: SearchWork { Path: DeepPath or ExportPath } work } job)
        {
            return Reply.Detail(HttpStatusCode.NotFound, "Task not found");
        }

        var state = book.Look(job);
        return Reply.Ok(new JsonObject
        {
            ["task_id"] = job.Id,
            ["status"] = state.Status == JobStatus.Pending ? "queued" : state.Status.Value,
            ["start_time"] = Time(job.StartedAt),
            ["close_time"] = state.EndedAt is { } end ? Time(end) : null,
            ["resource_handle_id"] = state.Status.IsSuccess && work.LeavesFile ? HandlePrefix + job.Id : null,
            ["total_results"] = state.Status.IsSuccess ? work.Found : null,
            ["exported_count"] = state.Status.IsSuccess && work.LeavesFile ? work.Found : null,
            ["search_id"] = work.Search.Id,
            ["error"] = state.Error,
        });
    }

    private async ValueTask<Reply> DownloadAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Parameter("resource_handle_id") is not { } handle)
        {
            return ValidationProblem.Answer([new("missing", "Field required", JsonText.Null, "query", "resource_handle_id")]);
        }

        var id = handle.StartsWith(HandlePrefix, StringComparison.Ordinal) ? handle[HandlePrefix.Length..] : "";
        if (book.Find(id) is not { Work: SearchWork { LeavesFile: true } work } job || !job.Status.IsSuccess)
        {
            return Reply.Detail(HttpStatusCode.NotFound, "Resource not found");
        }

        var file = (await work.FilesAsync().ConfigureAwait(false))[0];
        return Reply.Ok(new JsonObject
        {
            ["url"] = links.To(request.Host, job.Id, file).AbsoluteUri,
            ["bucket"] = "results",
            ["path"] = $"{job.Id}/{file.Name}",
        });
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
