using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Billing;

/// <summary><c>GET /check-balance</c></summary>
internal sealed class BalanceEndpoint(Account account, JobBook book) : IEndpoint
{
    public IEnumerable<Route> Routes => [Route.Get("/check-balance", _ => Answer())];

    private Reply Answer()
    {
        book.CatchUp();
        return Reply.Ok(new JsonObject { ["credits"] = CostUnits.Credits(account.BalanceCents) });
    }
}
