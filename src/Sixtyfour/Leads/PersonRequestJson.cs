using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Leads;

/// <summary>The body of a person's research. What is not set is not sent: the service has its own defaults.</summary>
internal static class PersonRequestJson
{
    private static readonly HashSet<string> Members =
        new(StringComparer.Ordinal) { "lead_info", "struct", "research_plan", "tier", "field_confidence", "webhook_url" };

    public static ReadOnlyMemory<byte> Write(LeadInfo lead, EnrichmentStruct fields, EnrichmentOptions? options, Uri? webhookUrl)
    {
        ArgumentNullException.ThrowIfNull(lead);
        Check(lead, fields, webhookUrl);
        return RequestJson.Write((lead, fields, options, webhookUrl), WriteMembers, Members, options);
    }

    private static void Check(LeadInfo lead, EnrichmentStruct fields, Uri? webhookUrl)
    {
        if (lead.IsEmpty)
        {
            throw new ArgumentException("Nothing is known of the person: set at least one member that is not blank.", nameof(lead));
        }

        if (fields.Count is 0)
        {
            throw new ArgumentException("There is nothing to find out: name at least one field.", nameof(fields));
        }

        if (webhookUrl is not null && WebhookAddress.Problem(webhookUrl) is { } problem)
        {
            throw new ArgumentException($"{nameof(EnrichmentOptions.WebhookUrl)} {problem}", nameof(webhookUrl));
        }
    }

    private static void WriteMembers(
        Utf8JsonWriter writer, (LeadInfo Lead, EnrichmentStruct Fields, EnrichmentOptions? Options, Uri? WebhookUrl) request)
    {
        writer.WritePropertyName("lead_info");
        request.Lead.WriteTo(writer);
        writer.WritePropertyName("struct");
        request.Fields.WriteTo(writer);
        if (request.Options?.ResearchPlan is { } plan && !string.IsNullOrWhiteSpace(plan))
        {
            writer.WriteString("research_plan", plan);
        }

        if (request.Options?.Tier is { Value.Length: > 0 } tier)
        {
            writer.WriteString("tier", tier.Value);
        }

        if (request.Options?.FieldConfidence is true)
        {
            writer.WriteBoolean("field_confidence", true);
        }

        if (request.WebhookUrl is { } webhookUrl)
        {
            writer.WriteString("webhook_url", webhookUrl.AbsoluteUri);
        }
    }
}
