using System.Globalization;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Billing;

/// <summary>The two units of money on the wire, and the parameter <c>cost_units</c> that chooses between them.</summary>
internal static class CostUnits
{
    /// <summary>Inferred from the one pair of amounts in the contract; stated nowhere.</summary>
    public const decimal CentsPerCredit = 10;

    /// <summary>Whether credits are asked for; the answer is the refusal of any other word.</summary>
    public static Reply? Read(ApiRequest request, out bool inCredits)
    {
        var unit = request.Parameter("cost_units") ?? "cents";
        inCredits = unit == "credits";
        return unit is "cents" or "credits"
            ? null
            : ValidationProblem.Answer([new("enum", "Input should be 'cents' or 'credits'", JsonText.ToElement(JsonValue.Create(unit)), "query", "cost_units")
            {
                Context = new JsonObject { ["expected"] = "'cents' or 'credits'" },
            }]);
    }

    public static JsonNode Credits(decimal cents) => JsonText.Number(cents / CentsPerCredit);

    /// <summary>Puts credits in place of the member that holds cents, if it is there.</summary>
    public static void ToCredits(JsonObject answer, string centsMember, string creditsMember)
    {
        if (answer[centsMember] is { } cents)
        {
            answer.Remove(centsMember);
            answer[creditsMember] = Credits(decimal.Parse(cents.ToJsonString(), CultureInfo.InvariantCulture));
        }
    }
}
