using System.Text.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>What a body must be like, by what is researched.</summary>
/// <param name="Input">The member that says what is known already.</param>
/// <param name="NeedsStruct">Whether <c>struct</c> may not be absent.</param>
/// <param name="Tiers">The tiers there are.</param>
/// <param name="NothingKnown">What the service says of an input without a value.</param>
/// <param name="FindsPeople">Whether people can be asked for.</param>
/// <param name="SubjectOf">Whom or what an input is about.</param>
internal sealed record RequestForm(
    string Input, bool NeedsStruct, IReadOnlyList<string> Tiers, string NothingKnown, bool FindsPeople, Func<JsonElement, Subject> SubjectOf)
{
    public static readonly RequestForm Lead =
        new("lead_info", NeedsStruct: false, ResearchSettings.PeopleTiers, "Invalid lead information", FindsPeople: false, Person.From);

    public static readonly RequestForm Company =
        new("target_company", NeedsStruct: true, ResearchSettings.CompanyTiers, "Invalid company data", FindsPeople: true, Enrichment.Company.From);
}
