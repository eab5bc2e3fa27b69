using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Server;

/// <summary>One entry of a 422 answer, in the newer form of the service's framework: it echoes the input.</summary>
internal sealed record ValidationProblem(string Type, string Message, JsonElement Input, params string[] Location)
{
    public JsonObject? Context { get; init; }

    public static ValidationProblem Missing(string member, JsonElement body) => new("missing", "Field required", body, "body", member);

    public static Reply Answer(IEnumerable<ValidationProblem> problems) =>
        Reply.Of(HttpStatusCode.UnprocessableEntity, new JsonObject { ["detail"] = new JsonArray([.. problems.Select(problem => problem.ToJson())]) });

    private JsonObject ToJson()
    {
        var entry = new JsonObject
        {
            ["type"] = Type,
            ["loc"] = new JsonArray([.. Location.Select(part => JsonValue.Create(part))]),
            ["msg"] = Message,
            ["input"] = JsonText.ToNode(Input),
        };
        if (Context is not null)
        {
            entry["ctx"] = Context.DeepClone();
        }

        return entry;
    }
}
