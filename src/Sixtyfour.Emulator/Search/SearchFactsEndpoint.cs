using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Billing;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Search;

/// <summary><c>GET /search/limits</c> and <c>GET /search/filter-capabilities</c></summary>
internal sealed class SearchFactsEndpoint(TimeProvider clock, EmulatorOptions options) : IEndpoint
{
    private static readonly (string Name, string Type)[] PeopleFields =
        [("full_name", "text"), ("job_title", "text"), ("company_name", "text"), ("location", "text")];
    private static readonly (string Name, string Type)[] CompanyFields =
        [("company_name", "text"), ("domain", "keyword"), ("industry", "text"), ("employees_count", "integer")];

    public IEnumerable<Route> Routes =>
    [
        Route.Get("/search/limits", _ => Reply.Ok(new JsonObject { ["max_results"] = options.SearchMaxResults })),
        Route.Get("/search/filter-capabilities", Capabilities),
    ];

    private Reply Capabilities(ApiRequest request)
    {
        var mode = request.Parameter("mode") == "people" ? "people" : "company";
        return Reply.Ok(new JsonObject
        {
            ["mode"] = mode,
            ["index_name"] = mode,
            ["fields"] = new JsonArray([.. (mode == "people" ? PeopleFields : CompanyFields).Select(field => Field(field.Name, field.Type))]),
            ["nested_paths"] = new JsonArray(),
            ["limits"] = new JsonObject
            {
                ["max_query_depth"] = 10,
                ["max_clause_count"] = 100,
                ["max_terms_per_clause"] = 1000,
                ["max_sort_clauses"] = 3,
                ["max_string_length"] = 1000,
            },
            ["cache_ttl_seconds"] = 3600,
            ["generated_at_epoch_ms"] = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ["price_per_result_credits"] = CostUnits.Credits(options.PriceOf("search_row")),
            ["simple_query_operators"] = new JsonArray("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$match", "$and", "$or", "$not"),
        });
    }

    private static JsonObject Field(string name, string type) => new()
    {
        ["field"] = name,
        ["field_type"] = type,
        ["queryable"] = true,
        ["sortable"] = type == "integer",
        ["rangeable"] = type == "integer",
        ["value_type"] = type == "integer" ? "number" : "string",
        ["supports_top_values"] = type != "integer",
        ["supports_exact_filter_snippet"] = true,
    };
}
