using System.Globalization;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>The <c>config</c> part. What is not set is not sent: the service has its own defaults.</summary>
internal static class BulkConfigJson
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal) { "struct", "tier", "field_confidence", "webhook_url" };

    public static ReadOnlyMemory<byte> Write(EnrichmentStruct fields, BulkOptions? options, Uri? webhookUrl)
    {
        if (fields.Count is 0)
        {
            throw new ArgumentException("There is nothing to find out: name at least one field.", nameof(fields));
        }

        if (webhookUrl is not null && WebhookAddress.Problem(webhookUrl) is { } problem)
        {
            throw new ArgumentException($"{nameof(BulkOptions.WebhookUrl)} {problem}", nameof(options));
        }

        // Everything beyond ASCII is escaped, so bytes are characters.
        var json = RequestJson.Write((fields, options, webhookUrl), WriteMembers, Members, options);
        return json.Length <= BulkLimits.MaxConfigCharacters
            ? json
            : throw new ArgumentException(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The configuration of the bulk file has {0:N0} characters: the service takes at most {1:N0}. Shorten the descriptions of the fields.",
                    json.Length,
                    BulkLimits.MaxConfigCharacters),
                nameof(fields));
    }

    private static void WriteMembers(Utf8JsonWriter writer, (EnrichmentStruct Fields, BulkOptions? Options, Uri? WebhookUrl) config)
    {
        writer.WritePropertyName("struct");
        config.Fields.WriteTo(writer);
        if (config.Options?.Tier is { Value.Length: > 0 } tier)
        {
            writer.WriteString("tier", tier.Value);
        }

        if (config.Options?.FieldConfidence is true)
        {
            writer.WriteBoolean("field_confidence", true);
        }

        if (config.WebhookUrl is { } webhookUrl)
        {
            writer.WriteString("webhook_url", webhookUrl.AbsoluteUri);
        }
    }
}
