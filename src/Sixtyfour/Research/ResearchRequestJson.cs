using System.Net;
using System.Text.Json;

namespace Sixtyfour.Research;

/// <summary>What the bodies of all research requests have in common. Unset members are not sent: the service has its own defaults.</summary>
internal static class ResearchRequestJson
{
    public static readonly string[] Members = ["struct", "research_plan", "tier", "field_confidence", "webhook_url"];

    public static void Check(EnrichmentStruct fields)
    {
        if (fields.Count is 0)
        {
            throw new ArgumentException("There are no fields to find: add at least one.", nameof(fields));
        }
    }

    /// <summary>The outcome of an input without members: one empty row among thousands is not a reason to stop.</summary>
    public static InvalidRequestException EmptyRow(string about) =>
        new((HttpStatusCode)422, $"The {about} has no member that is not blank, so nothing was sent: set at least one.");

    public static void Write(Utf8JsonWriter writer, EnrichmentStruct fields, EnrichmentOptions? options, Uri? webhookUrl) =>
        Write(writer, fields, options?.ResearchPlan, options?.Tier ?? default, options?.FieldConfidence is true, webhookUrl);

    public static void Write(Utf8JsonWriter writer, EnrichmentStruct fields, string? researchPlan, Tier tier, bool fieldConfidence, Uri? webhookUrl)
    {
        writer.WritePropertyName("struct");
        fields.WriteTo(writer);
        if (!string.IsNullOrWhiteSpace(researchPlan))
        {
            writer.WriteString("research_plan", researchPlan);
        }

        if (tier.IsSpecified)
        {
            writer.WriteString("tier", tier.Value);
        }

        if (fieldConfidence)
        {
            writer.WriteBoolean("field_confidence", true);
        }

        if (webhookUrl is not null)
        {
            writer.WriteString("webhook_url", webhookUrl.AbsoluteUri);
        }
    }
}
