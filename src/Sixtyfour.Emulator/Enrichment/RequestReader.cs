using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Turns a body into a request or into the refusal it deserves: 422 for what breaks the schema, 400 for what is there but of no use.</summary>
internal sealed class RequestReader(EmulatorOptions options)
{
    private const int MostFields = 100;
    private static readonly string[] Tiers = ["micro", "low", "medium", "high", "xhigh"];

    public (EnrichmentRequest? Request, Reply? Refusal) Read(JsonElement body)
    {
        var members = new MemberReader(body);
        var lead = members.Required("lead_info", JsonValueKind.Object);
        var wanted = members.Optional("struct", JsonValueKind.Object);
        members.Optional("research_plan", JsonValueKind.String);
        var tier = members.Optional("tier", JsonValueKind.String);
        var fieldConfidence = members.OptionalBool("field_confidence");
        var webhookUrl = members.Optional("webhook_url", JsonValueKind.String);
        if (tier is { } word && !Tiers.Contains(word.GetString(), StringComparer.Ordinal))
            members.Add(UnknownTier(word));
        if (wanted is { } fields && Count(fields) is > MostFields and var count)
            members.Add(TooManyFields(fields, count));
        if (webhookUrl is { } url)
            members.AddIfAny(WebhookUrlRules.Malformed(url));
        if (members.Problems.Count > 0)
            return (null, ValidationProblem.Answer(members.Problems));

        if (!lead!.Value.EnumerateObject().Any(member => EnrichmentRequest.HasValue(member.Value)) || (wanted is { } asked && Count(asked) == 0))
            return (null, Reply.Error(HttpStatusCode.BadRequest, "Invalid lead information"));
        if (webhookUrl is { } address && !options.AllowsLocalWebhooks && WebhookUrlRules.Unreachable(address.GetString()!) is { } reason)
            return (null, Reply.Detail(HttpStatusCode.BadRequest, reason));
        return (new(lead.Value, Fields(wanted, lead.Value), new Tier(tier?.GetString() ?? "low"), fieldConfidence)
        {
            WebhookUrl = webhookUrl is { } hook ? new Uri(hook.GetString()!) : null,
        }, null);
    }

    private static List<WantedField> Fields(JsonElement? wanted, JsonElement lead)
    {
        var fields = new Dictionary<string, WantedField>(StringComparer.Ordinal);
        if (wanted is { } members)
        {
            foreach (var member in members.EnumerateObject())
                fields[member.Name] = WantedField.From(member.Name, member.Value, EnrichmentRequest.ValueOf(lead, member.Name));
        }

        return [.. fields.Values];
    }

    private static int Count(JsonElement members) => members.EnumerateObject().DistinctBy(member => member.Name).Count();

    private static ValidationProblem UnknownTier(JsonElement tier) =>
        new("enum", "Input should be 'micro', 'low', 'medium', 'high' or 'xhigh'", tier, "body", "tier")
        {
            Context = new JsonObject { ["expected"] = "'micro', 'low', 'medium', 'high' or 'xhigh'" },
        };

    private static ValidationProblem TooManyFields(JsonElement fields, int count) =>
        new("too_long", $"Dictionary should have at most {MostFields} items after validation, not {count}", fields, "body", "struct")
        {
            Context = new JsonObject { ["field_type"] = "Dictionary", ["max_length"] = MostFields, ["actual_length"] = count },
        };
}
