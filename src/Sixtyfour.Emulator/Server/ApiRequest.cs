using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sixtyfour.Emulator.Bulk;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Server;

/// <summary>A request whose body has been read.</summary>
internal sealed record ApiRequest(string Method, string Path, IHeaderDictionary Headers)
{
    /// <summary>The query with its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The body, unless it is an <see cref="Upload"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The parts of the body at paths that take files.</summary>
    public Upload? Upload { get; init; }

    /// <summary>What stands in the path where its route has braces.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public string? Key => Header("x-api-key");

    /// <summary>Under which name and port the client found the emulator.</summary>
    public string? Host => Header("Host");

    /// <summary>The value of a header that is there once.</summary>
    public string? Header(string name) => Headers[name] is { Count: 1 } values ? values[0] : null;

    /// <summary>The last value of a parameter of the query; null when it is not there.</summary>
    public string? Parameter(string name) => QueryHelpers.ParseQuery(Query).TryGetValue(name, out var values) && values.Count > 0 ? values[^1] : null;

    /// <summary>All values of a parameter of the query that may repeat.</summary>
    public IReadOnlyList<string> Parameters(string name) =>
        QueryHelpers.ParseQuery(Query).TryGetValue(name, out var values) ? [.. values.Select(value => value ?? "")] : [];

    /// <summary>Reads the body as JSON; the answer is the refusal when it is not.</summary>
    public Reply? ReadJson(out JsonElement body)
    {
        // The service's framework takes a body of another type for a text, and refuses it as such.
        if (Headers.ContentType.ToString().Contains("json", StringComparison.OrdinalIgnoreCase) is false)
        {
            body = JsonText.ToElement(Encoding.UTF8.GetString(Body.Span));
            return null;
        }

        var (value, problem) = JsonText.Read(Body);
        body = value ?? default;
        return problem is null ? null : Reply.Error(HttpStatusCode.BadRequest, "Invalid JSON");
    }
}
