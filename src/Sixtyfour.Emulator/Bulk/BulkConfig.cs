using System.Net;
using System.Text.Json;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>The configuration of a bulk submission. Its schema is closed: a member that is not in it is refused.</summary>
/// <param name="Research">What is asked about each row.</param>
/// <param name="People">The people asked for about each company; null when none are.</param>
/// <param name="Columns">The columns that are used; null for all of them.</param>
/// <param name="Formats">The formats of the result.</param>
internal sealed record BulkConfig(ResearchSettings Research, PeopleSearch? People, IReadOnlyList<string>? Columns, IReadOnlyList<string> Formats)
{
    /// <summary>Reads the members; what breaks the schema is noted with <paramref name="members"/>, and the result is then of no use.</summary>
    public static BulkConfig Read(MemberReader members, BulkRoute route)
    {
        var research = ResearchSettings.Read(members, needsStruct: route.IsAboutCompanies, route.Tiers);
        var people = route.IsAboutCompanies ? PeopleSearch.Read(members) : null;
        var columns = members.Optional("columns", JsonValueKind.Array) is null ? null : members.OptionalTexts("columns");
        var formats = ResultFormats.Read(members.OptionalTexts("result_formats"), members.OptionalBool("save_json"));
        members.RefuseUnknown();
        return new(research, people, columns, formats);
    }

    /// <summary>The refusal of what fits the schema and is of no use all the same.</summary>
    public Reply? Refusal(EmulatorOptions options) =>
        Research.HasNoFields
            ? Reply.Error(HttpStatusCode.BadRequest, "struct names no field")
            : ResultFormats.Refusal(Formats) ?? Research.Refusal(options);
}
