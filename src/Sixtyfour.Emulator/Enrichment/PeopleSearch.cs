using System.Text.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>A wish for the people of a company.</summary>
/// <param name="Struct">What is asked about each of them; null for the usual members.</param>
internal sealed record PeopleSearch(JsonElement? Struct)
{
    /// <summary>Reads the members; null when no people are asked for.</summary>
    public static PeopleSearch? Read(MemberReader members)
    {
        var fields = members.Optional("lead_struct", JsonValueKind.Object);
        members.OptionalText("people_focus_prompt");
        var findsPeople = members.OptionalBool("find_people");
        var findsAll = members.OptionalBool("full_org_chart");
        if (!findsPeople && !findsAll)
        {
            return null;
        }

        return new(fields is { } wanted && wanted.EnumerateObject().Any() ? wanted : null);
    }
}
