using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>The members that every kind of research has in common.</summary>
/// <param name="Struct">What is asked for; null when nothing is.</param>
/// <param name="Tier">How much research.</param>
/// <param name="FieldConfidence">Whether a confidence per field was asked for.</param>
/// <param name="WebhookUrl">Where the end of the job is reported.</param>
internal sealed record ResearchSettings(JsonElement? Struct, Tier Tier, bool FieldConfidence, Uri? WebhookUrl)
{
    private const int MostFields = 100;

    public static readonly IReadOnlyList<string> AllTiers = ["micro", "low", "medium", "high", "xhigh"];

    public bool HasNoFields => Struct is { } fields && Count(fields) == 0;

    /// <summary>Reads the members; what breaks the schema is noted with <paramref name="members"/>, and the result is then of no use.</summary>
    public static ResearchSettings Read(MemberReader members, bool needsStruct, IReadOnlyList<string> tiers)
    {
        var wanted = needsStruct ? members.Required("struct", JsonValueKind.Object) : members.Optional("struct", JsonValueKind.Object);
        members.Optional("research_plan", JsonValueKind.String);
        var tier = members.Optional("tier", JsonValueKind.String);
        var fieldConfidence = members.OptionalBool("field_confidence");
        var webhookUrl = members.Optional("webhook_url", JsonValueKind.String);
        if (tier is { } word && !tiers.Contains(word.GetString(), StringComparer.Ordinal))
        {
            members.Add(UnknownTier(word, tiers));
        }

        if (wanted is { } fields && Count(fields) is > MostFields and var count)
        {
            members.Add(TooManyFields(fields, count));
        }

        var malformed = webhookUrl is { } url ? WebhookUrlRules.Malformed(url) : null;
        members.AddIfAny(malformed);
        return new(wanted, new Tier(tier?.GetString() ?? "low"), fieldConfidence, webhookUrl is { } hook && malformed is null ? new Uri(hook.GetString()!) : null);
    }

    /// <summary>The refusal of what fits the schema, but not this account or this machine.</summary>
    public Reply? Refusal(EmulatorOptions options)
    {
        if (WebhookUrl is { } address && !options.AllowsLocalWebhooks && WebhookUrlRules.Unreachable(address) is { } reason)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, reason);
        }

        return !options.HighTierEnabled && (Tier == Tier.High || Tier == Tier.XHigh)
            ? Reply.Error(HttpStatusCode.Forbidden, $"The tier '{Tier}' is not enabled for your organization")
            : null;
    }

    /// <summary>The fields with their types, which depend on the input.</summary>
    public IReadOnlyList<WantedField> FieldsFor(JsonElement input) => Struct is { } members ? WantedField.All(members, input) : [];

    private static int Count(JsonElement members) => members.EnumerateObject().DistinctBy(member => member.Name).Count();

    private static ValidationProblem UnknownTier(JsonElement tier, IReadOnlyList<string> tiers)
    {
        var expected = $"{string.Join(", ", tiers.SkipLast(1).Select(Quoted))} or {Quoted(tiers[^1])}";
        return new("enum", $"Input should be {expected}", tier, "body", "tier") { Context = new JsonObject { ["expected"] = expected } };
    }

    private static string Quoted(string word) => $"'{word}'";

    private static ValidationProblem TooManyFields(JsonElement fields, int count) =>
        new("too_long", $"Dictionary should have at most {MostFields} items after validation, not {count}", fields, "body", "struct")
        {
            Context = new JsonObject { ["field_type"] = "Dictionary", ["max_length"] = MostFields, ["actual_length"] = count },
        };
}
