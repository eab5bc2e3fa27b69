using Sixtyfour;
using Spectre.Console;

namespace Quickstart;

/// <summary>
/// Research in one call: the least code, and right where a user waits for the answer anyway. It has no id: when the connection breaks or the caller
/// leaves, the work goes on, is charged, and cannot be fetched.
/// </summary>
internal static class OneCall
{
    public static async Task<Finding> RunAsync(ILeadsClient leads, Lead lead, IAnsiConsole screen, CancellationToken cancellationToken) =>
        new(lead, await screen.SpinAsync("the agent is at work", _ =>
            leads.EnrichAsync<LeadFacts>(lead.ToLeadInfo(), Target.Options, cancellationToken)));
}
