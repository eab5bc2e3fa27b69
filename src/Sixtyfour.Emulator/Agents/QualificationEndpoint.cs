using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Agents;

/// <summary><c>/qa-agent</c> and its async twin: a record judged by criteria. Every value of the answer is a text.</summary>
internal sealed class QualificationEndpoint(WorkDesk desk, AnswerBook answers, EmulatorOptions options) : IEndpoint
{
    private const string Path = "/qa-agent";
    private const string Verdict = "final_verdict";

    public IEnumerable<Route> Routes => [Route.Post(Path, Answer), Route.Post(Path + "-async", Answer)];

    private Reply Answer(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var data = members.Required("data", JsonValueKind.Object);
        var criteria = members.RequiredItems("qualification_criteria", JsonValueKind.Object);
        var names = criteria.Select(criterion => NameOf(criterion, members)).ToList();
        members.OptionalItems("references", JsonValueKind.Object);
        members.OptionalInt("max_tool_calls", 1, 50);
        var fields = FieldsOf(members);
        var webhookUrl = WebhookUrlRules.Read(members);
        var refusal = members.Refusal
            ?? (criteria.Count == 0 ? Reply.Error(HttpStatusCode.BadRequest, "Missing required field: qualification_criteria") : null)
            ?? WebhookUrlRules.Refusal(webhookUrl, options);
        if (refusal is not null)
        {
            return refusal;
        }

        var result = new JsonObject
        {
            ["structured_data"] = answers.Given(Path, data!.Value) ?? Judge(data.Value, fields ?? [.. names, Verdict]),
            ["notes"] = $"{names.Count} criteria were looked into.",
        };
        return desk.Accept(request, new SingleWork(request.Path, "qa_agent", options.PriceOf("qa_agent"), JsonText.ToElement(result)), webhookUrl);
    }

    private static string NameOf(JsonElement criterion, MemberReader members)
    {
        var inner = new MemberReader(criterion);
        var name = inner.RequiredText("criteria_name");
        inner.RequiredText("description");
        foreach (var problem in inner.Problems.Where(_ => criterion.ValueKind is JsonValueKind.Object))
        {
            members.Add(problem with { Location = ["body", "qualification_criteria", .. problem.Location[1..]] });
        }

        return name;
    }

    /// <summary>The names in <c>struct</c>, whose values must be texts here; null when there is none.</summary>
    private static IReadOnlyList<string>? FieldsOf(MemberReader members)
    {
        if (members.Optional("struct", JsonValueKind.Object) is not { } wanted)
        {
            return null;
        }

        foreach (var member in wanted.EnumerateObject().Where(member => member.Value.ValueKind is not JsonValueKind.String))
        {
            members.Add(new("string_type", "Input should be a valid string", member.Value, "body", "struct", member.Name));
        }

        return [.. wanted.EnumerateObject().Select(member => member.Name).Distinct()];
    }

    private JsonObject Judge(JsonElement data, IReadOnlyList<string> names)
    {
        var key = Dice.Fingerprint(Encoding.UTF8.GetBytes(data.GetRawText()));
        return new(names.Distinct().Select(name => KeyValuePair.Create(name, (JsonNode?)ValueOf(name, Dice.For(options.Seed, "judged", key, name)))));
    }

    private static string ValueOf(string name, Random random) =>
        FieldTopic.Of(name).Mentions("verdict", "qualified", "qualifies", "decision")
            ? random.Next(2) == 0 ? "YES" : "NO"
            : random.Next(11).ToString(CultureInfo.InvariantCulture);
}
