using Sixtyfour.Http;
using Sixtyfour.Research;

namespace Sixtyfour.Leads;

/// <summary>The body of a person's research.</summary>
internal static class PersonRequestJson
{
    private static readonly HashSet<string> Members = new(["lead_info", .. ResearchRequestJson.Members], StringComparer.Ordinal);

    public static ReadOnlyMemory<byte> Write(LeadInfo lead, EnrichmentStruct fields, EnrichmentOptions? options, Uri? webhookUrl)
    {
        ArgumentNullException.ThrowIfNull(lead);
        if (lead.IsEmpty)
        {
            throw new ArgumentException("Nothing is known of the person: set at least one member that is not blank.", nameof(lead));
        }

        ResearchRequestJson.Check(fields, webhookUrl);
        return RequestJson.Write(
            (lead, fields, options, webhookUrl),
            static (writer, request) =>
            {
                writer.WritePropertyName("lead_info");
                request.lead.WriteTo(writer);
                ResearchRequestJson.WriteCommon(writer, request.fields, request.options, request.webhookUrl);
            },
            Members,
            options);
    }
}
