using System.Net;
using System.Text.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Turns a body into a request or into the refusal it deserves: 422 for what breaks the schema, 400 for what is there but of no use.</summary>
internal sealed class RequestReader(EmulatorOptions options)
{
    public (EnrichmentRequest? Request, Reply? Refusal) Read(JsonElement body)
    {
        var members = new MemberReader(body);
        var lead = members.Required("lead_info", JsonValueKind.Object);
        var settings = ResearchSettings.Read(members, needsStruct: false);
        if (members.Problems.Count > 0)
        {
            return (null, ValidationProblem.Answer(members.Problems));
        }

        if (!lead!.Value.EnumerateObject().Any(member => EnrichmentRequest.HasValue(member.Value)) || settings.HasNoFields)
        {
            return (null, Reply.Error(HttpStatusCode.BadRequest, "Invalid lead information"));
        }

        return settings.Refusal(options) is { } refusal
            ? (null, refusal)
            : (new(lead.Value, settings.FieldsFor(lead.Value), settings.Tier, settings.FieldConfidence) { WebhookUrl = settings.WebhookUrl }, null);
    }
}
