using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>
/// The members of a request that only the largest tier, <c>xhigh</c>, minds: it works in an investigation, and may be given more than one unit.
/// </summary>
/// <param name="InvestigationId">The investigation to go on with; null for a new one.</param>
/// <param name="MaxCredits">How much may be spent; null for one unit.</param>
/// <param name="IsExclusive">Whether a run beside another one is refused.</param>
internal sealed record Atlas(string? InvestigationId, int? MaxCredits, bool IsExclusive)
{
    private const int CreditsPerUnit = 250;
    private const int MostUnits = 10;

    /// <summary>How many units are bought, each at the price of the tier.</summary>
    public int Units => Math.Clamp(((MaxCredits ?? 0) + CreditsPerUnit - 1) / CreditsPerUnit, 1, MostUnits);

    public static Atlas Read(MemberReader members)
    {
        members.OptionalBool("include_workspace");
        members.OptionalText("investigation_name");
        members.OptionalBool("relentless");
        return new(
            members.OptionalText("investigation_id"),
            members.OptionalInt("max_credits", 1, CreditsPerUnit * MostUnits),
            members.OptionalBool("exclusive_run"));
    }

    /// <summary>The investigation of a job, as start answers and polls name it.</summary>
    public static JsonObject Reference(string id) => new()
    {
        ["id"] = id,
        ["workspace_url"] = $"https://app.example.com/investigations/{Uri.EscapeDataString(id)}",
    };

    /// <summary>The id of the investigation that this request goes on with, or begins.</summary>
    public string InvestigationFor(int seed, string fingerprint) => InvestigationId ?? Dice.Guid(seed, "investigation", fingerprint).ToString();
}
