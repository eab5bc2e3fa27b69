using System.Net;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Server;

/// <summary>All operations there are.</summary>
internal sealed class RouteTable
{
    private readonly Route[] _routes;

    public RouteTable(IEnumerable<IEndpoint> endpoints) =>
        _routes = [.. endpoints.SelectMany(endpoint => endpoint.Routes).OrderBy(route => route.Placeholders)];

    /// <summary>The route of a request, which answers 404 or 405 when there is none.</summary>
    public (Route Route, IReadOnlyList<string> Values) Find(string method, string path)
    {
        var fitting = _routes.Select(route => (Route: route, Values: route.Fit(path))).Where(match => match.Values is not null).ToList();
        if (fitting.Count == 0)
        {
            return (new(method, path, (_, _) => ValueTask.FromResult(NotFound())), []);
        }

        // Of "/workflows/runs" and "/workflows/{id}" the first one counts.
        var best = fitting.Where(match => match.Route.Path == fitting[0].Route.Path).ToList();
        var (route, values) = best.FirstOrDefault(match => match.Route.Method == method);
        var allowed = string.Join(", ", best.Select(match => match.Route.Method));
        return route is null
            ? (new(method, path, (_, _) => ValueTask.FromResult(Reply.MethodNotAllowed(allowed))) { NeedsKey = best[0].Route.NeedsKey }, [])
            : (route, values!);
    }

    // The service says "Not Found" and no more; what is served stands beside it for the one who mistyped a path.
    private Reply NotFound() => Reply.Of(HttpStatusCode.NotFound, new JsonObject
    {
        ["detail"] = "Not Found",
        ["served"] = new JsonArray([.. _routes.Select(route => route.ToString()).Order(StringComparer.Ordinal).Select(text => JsonValue.Create(text))]),
    });
}
