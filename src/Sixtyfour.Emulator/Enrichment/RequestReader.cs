using System.Net;
using System.Text.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Turns a body into a request or into the refusal it deserves: 422 for what breaks the schema, 400 for what is there but of no use.</summary>
internal sealed class RequestReader(EmulatorOptions options)
{
    private const int ShortestDispatchId = 8;
    private const int LongestDispatchId = 128;

    public (EnrichmentRequest? Request, Reply? Refusal) Read(JsonElement body, RequestForm form)
    {
        var members = new MemberReader(body);
        var input = members.Required(form.Input, JsonValueKind.Object);
        var settings = ResearchSettings.Read(members, form.NeedsStruct || options.RequiresStruct, form.Tiers);
        var people = form.FindsPeople ? PeopleSearch.Read(members) : null;
        var dispatchId = form.FindsPeople ? null : members.OptionalText("dispatch_id", ShortestDispatchId, LongestDispatchId);
        var atlas = form.FindsPeople ? null : Atlas.Read(members);
        if (members.Refusal is { } malformed)
        {
            return (null, malformed);
        }

        if (!input!.Value.EnumerateObject().Any(member => EnrichmentRequest.HasValue(member.Value)) || settings.HasNoFields)
        {
            return (null, Reply.Error(HttpStatusCode.BadRequest, form.NothingKnown));
        }

        return settings.Refusal(options) is { } refusal ? (null, refusal) : (RequestFor(input.Value, form, settings) with
        {
            People = people,
            DispatchId = dispatchId,
            Atlas = atlas,
            UnknownMembers = members.Unknown,
        }, null);
    }

    private static EnrichmentRequest RequestFor(JsonElement input, RequestForm form, ResearchSettings settings) =>
        new(input, form.SubjectOf(input), settings.FieldsFor(input), settings.Tier, settings.FieldConfidence) { WebhookUrl = settings.WebhookUrl };
}
