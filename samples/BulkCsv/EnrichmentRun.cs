using Sixtyfour;
using Spectre.Console;

namespace BulkCsv;

/// <summary>A file in, a file out. Whatever interrupts it, running it again continues where it stood.</summary>
internal static class EnrichmentRun
{
    public static async Task RunAsync(
        Target target, BulkFile file, EnrichmentStruct fields, Arguments asked, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        using var result = await screen.CountAsync(progress => target.Client.Bulk.RunPeopleAsync(
            file, BulkJournal.AtPath(target.JournalPath),
            fields, new() { Each = Each(), MaxCostCents = asked.MaxCents, Progress = progress }, cancellationToken));
        await result.SaveAsync(asked.Output, cancellationToken);
        await Summary.PrintAsync(result, fields, asked.Output, screen, cancellationToken);
    }

    /// <summary>The tier whose price is known; one place, so that what is estimated is what is sent.</summary>
    public static BulkOptions Each() => new() { Tier = Tier.Low };
}
