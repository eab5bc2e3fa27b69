using System.Net;
using System.Text.Json;

namespace Sixtyfour.Research;

/// <summary>What the bodies of people's and of companies' research have in common. What is not set is not sent: the service has its own defaults.</summary>
internal static class ResearchRequestJson
{
    public static readonly string[] Members = ["struct", "research_plan", "tier", "field_confidence", "webhook_url"];

    public static void Check(EnrichmentStruct fields, Uri? webhookUrl)
    {
        if (fields.Count is 0)
        {
            throw new ArgumentException("There is nothing to find out: name at least one field.", nameof(fields));
        }

        if (webhookUrl is not null && WebhookAddress.Problem(webhookUrl) is { } problem)
        {
            throw new ArgumentException($"WebhookUrl {problem}", nameof(webhookUrl));
        }
    }

    /// <summary>One empty row among thousands is that row's business, not a reason to stop.</summary>
    public static InvalidRequestException EmptyRow(string about) =>
        new((HttpStatusCode)422, $"Nothing is known of the {about}, so nothing was sent: set at least one member that is not blank.");

    public static void WriteCommon(Utf8JsonWriter writer, EnrichmentStruct fields, EnrichmentOptions? options, Uri? webhookUrl)
    {
        writer.WritePropertyName("struct");
        fields.WriteTo(writer);
        if (options?.ResearchPlan is { } plan && !string.IsNullOrWhiteSpace(plan))
        {
            writer.WriteString("research_plan", plan);
        }

        if (options?.Tier is { IsSpecified: true } tier)
        {
            writer.WriteString("tier", tier.Value);
        }

        if (options?.FieldConfidence is true)
        {
            writer.WriteBoolean("field_confidence", true);
        }

        if (webhookUrl is not null)
        {
            writer.WriteString("webhook_url", webhookUrl.AbsoluteUri);
        }
    }
}
