using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Billing;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Search;

/// <summary><c>POST /search/query</c>: a page of rows at once. Every page is charged by its rows, a page that is asked for again as well.</summary>
internal sealed class SearchQueryEndpoint(
    SearchBook searches, SearchRows rows, ExclusionLists lists, Account account, FaultQueue faults, EmulatorOptions options) : IEndpoint
{
    private static readonly string[] Sources = ["query", "simple_filters", "filters", "parsed_query", "search_id"];

    public IEnumerable<Route> Routes => [Route.Post("/search/query", Answer)];

    private Reply Answer(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var cursor = members.OptionalText("cursor");
        var given = Sources.Where(source => members.Optional(source, source is "query" or "search_id"
            ? JsonValueKind.String
            : JsonValueKind.Object) is not null).ToList();
        var pageSize = members.OptionalInt("page_size", 1, 100) ?? 10;
        var shape = members.Word("output_shape", ["raw", "workflow"]);
        var scope = SearchScope.Read(members, "company", "people");
        if (members.Refusal is { } refusal)
        {
            return refusal;
        }

        if (given.Count + (cursor is null ? 0 : 1) != 1)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, $"Exactly one of {string.Join(", ", Sources)} is needed, or cursor alone");
        }

        var (place, problem) = cursor is null ? Begin(scope, body, given[0], pageSize) : Continue(cursor);
        return place is null ? problem! : Page(place, shape, request.Path);
    }

    private (SearchPlace?, Reply?) Begin(SearchScope scope, JsonElement body, string source, int pageSize)
    {
        if (scope.Refusal(lists, options) is { } refusal)
        {
            return (null, refusal);
        }

        var value = body.GetProperty(source);
        if (source == "search_id" && searches.Find(value.GetString()!) is null)
        {
            return (null, Reply.Detail(HttpStatusCode.NotFound, "Search not found"));
        }

        var search = scope.Define(source == "search_id" ? value.GetString()! : searches.NewId("search"), lists, options) with
        {
            PageSize = pageSize,
            Text = source == "query" ? value.GetString() : null,
            Filters = source is "query" or "search_id" ? null : value,
        };
        if (source == "search_id")
        {
            search = search with { Mode = searches.Find(search.Id)!.Mode };
        }

        searches.Remember(search);
        return (new(search, 0, 1), null);
    }

    private (SearchPlace?, Reply?) Continue(string cursor) =>
        searches.At(cursor) is { } place ? (place, null) : (null, Reply.Detail(HttpStatusCode.BadRequest, "Invalid or expired cursor"));

    private Reply Page(SearchPlace place, string shape, string path)
    {
        var all = rows.Find(place.Search);
        var isEmpty = options.EmptySearchPageEvery is { } every && place.Page % every == 0 && place.Rows < all.Count;
        var page = isEmpty ? [] : all.Skip(place.Rows).Take(place.Search.PageSize).ToList();
        if (faults.Take(path, stage => stage is FaultStage.Work) is { WorkError: { } error })
        {
            return Reply.Error(HttpStatusCode.InternalServerError, error);
        }

        var price = options.PriceOf("search_row") * page.Count;
        if (!account.TryCharge(price))
        {
            return Refusals.InsufficientCredits;
        }

        var read = place.Rows + page.Count;
        var hasMore = read < all.Count;
        return Reply.Ok(new JsonObject
        {
            ["search_id"] = place.Search.Id,
            ["next_cursor"] = hasMore ? searches.CursorFor(place with { Rows = read, Page = place.Page + 1 }) : null,
            ["cursor_expires_in_seconds"] = hasMore ? (int)SearchBook.CursorLifetime.TotalSeconds : null,
            ["has_more"] = hasMore,
            ["page_size"] = place.Search.PageSize,
            ["page_count"] = page.Count,
            ["page_number"] = place.Page,
            ["max_results"] = place.Search.MaxResults,
            ["total_results"] = read,
            ["total_available"] = place.Search.Mode == "people" ? all.Count : null,
            ["charge_credits"] = CostUnits.Credits(price),
            ["output_shape"] = shape,
            ["results"] = new JsonArray([.. page]),
            ["natural_language_query"] = place.Search.Text,
        });
    }
}
