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
internal sealed record ResearchSettings(JsonElement? Struct, string Tier, bool FieldConfidence, Uri? WebhookUrl)
{
    private const int MostFields = 100;
    private const string DefaultTier = "low";

    public static readonly IReadOnlyList<string> PeopleTiers = ["low", "micro", "medium", "high", "xhigh", "scout"];

    public static readonly IReadOnlyList<string> CompanyTiers = ["low", "micro", "medium", "high"];

    public bool HasNoFields => Struct is { } fields && Count(fields) == 0;

    /// <summary>Reads the members; what breaks the schema is noted with <paramref name="members"/>, and the result is then of no use.</summary>
    public static ResearchSettings Read(MemberReader members, bool needsStruct, IReadOnlyList<string> tiers)
    {
        var wanted = needsStruct ? members.Required("struct", JsonValueKind.Object) : members.Optional("struct", JsonValueKind.Object);
        members.OptionalText("research_plan");
        var tier = members.OptionalWord("tier", tiers);
        var fieldConfidence = members.OptionalBool("field_confidence");
        if (wanted is { } fields && Count(fields) is > MostFields and var count)
        {
            members.Add(TooManyFields(fields, count));
        }

        return new(wanted, tier ?? DefaultTier, fieldConfidence, WebhookUrlRules.Read(members));
    }

    /// <summary>The refusal of what fits the schema, but not this account or this machine.</summary>
    public Reply? Refusal(EmulatorOptions options) =>
        WebhookUrlRules.Refusal(WebhookUrl, options)
        ?? (!options.HighTierEnabled && Tier is ("high" or "xhigh")
            ? Reply.Error(HttpStatusCode.Forbidden, $"The tier '{Tier}' is not enabled for your organization")
            : null);

    /// <summary>The fields with their types, which depend on the input.</summary>
    public IReadOnlyList<WantedField> FieldsFor(JsonElement input) => Struct is { } members ? WantedField.All(members, input) : [];

    private static int Count(JsonElement members) => members.EnumerateObject().DistinctBy(member => member.Name).Count();

    private static ValidationProblem TooManyFields(JsonElement fields, int count) =>
        new("too_long", $"Dictionary should have at most {MostFields} items after validation, not {count}", fields, "body", "struct")
        {
            Context = new JsonObject { ["field_type"] = "Dictionary", ["max_length"] = MostFields, ["actual_length"] = count },
        };
}
