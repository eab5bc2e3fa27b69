using Sixtyfour;
using Spectre.Console;

namespace BulkCsv;

/// <summary>What is about to happen, and what it may cost.</summary>
internal static class Announcement
{
    public static void Print(Arguments asked, EnrichmentStruct fields, BulkEstimate estimate, Target target, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated(
            $"[bold]{Path.GetFileName(asked.Input)}[/]: {Words.Rows(estimate.Rows)}, to find out {string.Join(", ", fields.Select(field => field.Key))}.");
        if (target.HasBegun)
        {
            screen.WriteLine($"{target.JournalPath} is of a run that has begun: this one continues it, and what was sent is not sent or charged again.");
        }

        var cost = Words.Dollars(estimate.EstimatedCostCents ?? 0);
        screen.MarkupLineInterpolated(
            $"This program's own estimate, not the service's: {Words.Rows(estimate.Rows)} at the documented 10 cents (tier low), [bold]{cost}[/].");
        if (estimate.EstimatedCostCents > asked.MaxCents && !target.HasBegun)
        {
            throw new CostLimitException("by that estimate it could cost more. Nothing was sent.")
            {
                LimitCents = asked.MaxCents,
                NeededCents = estimate.EstimatedCostCents,
            };
        }
    }
}
