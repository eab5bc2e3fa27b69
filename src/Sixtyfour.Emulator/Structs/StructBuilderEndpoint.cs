using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Structs;

/// <summary><c>POST /struct-builder/generate</c>: fields from a text. Each part of the text, between commas or "and", becomes one.</summary>
internal sealed partial class StructBuilderEndpoint : IEndpoint
{
    private const int LongestDescription = 4000;
    private const int MostWordsOfAName = 4;

    private static readonly string[] BlockTypes =
        ["lead_enrichment", "company_enrichment", "linkedin_enrichment", "research_agent", "webhook", "transform_data"];

    public IEnumerable<Route> Routes => [Route.Post("/struct-builder/generate", Answer)];

    private static Reply Answer(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var description = members.RequiredText("description", 1, LongestDescription);
        var existing = members.OptionalItems("existing_struct", JsonValueKind.Object);
        members.OptionalWord("block_type", BlockTypes);
        var allowsNested = members.OptionalBool("allow_nested");
        if (members.Refusal is { } refusal)
        {
            return refusal;
        }

        var wanted = Parts().Split(description).Select(part => part.Trim(' ', '.')).Where(part => Word().IsMatch(part));
        var fields = existing.Select(JsonText.ToObject).Concat(wanted.Select(part => Field(part, allowsNested)));
        return Reply.Ok(new JsonObject { ["struct"] = new JsonArray([.. fields.DistinctBy(field => (string?)field["name"])]) });
    }

    private static JsonObject Field(string part, bool allowsNested)
    {
        var words = Word().Matches(part).Select(match => match.Value.ToLowerInvariant()).ToList();
        var with = words.IndexOf("with");
        var isNested = allowsNested && with > 0 && with < words.Count - 1;
        var type = isNested ? "object_list" : TypeOf(FieldTopic.Of(part), words);
        var field = new JsonObject
        {
            ["name"] = string.Join('_', words.Take(isNested ? with : words.Count).Take(MostWordsOfAName)),
            ["description"] = part,
            ["type"] = type,
        };
        if (isNested)
        {
            var subfields = words.Skip(with + 1).Select(word => new JsonObject { ["key"] = word, ["type"] = "string", ["description"] = word });
            field["subfields"] = new JsonArray([.. subfields]);
        }

        return field;
    }

    private static string TypeOf(FieldTopic about, List<string> words)
    {
        if (words[0] is "whether" or "is" or "has" or "does")
        {
            return "bool";
        }

        if (about.Mentions("list", "skills", "names", "locations", "titles"))
        {
            return "list[str]";
        }

        return about.Mentions("number", "count", "years", "age", "year", "employees") ? "int" : about.Mentions("share", "ratio", "score") ? "float" : "string";
    }

    [GeneratedRegex(@"[,;\n]|\band\b", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}
