using System.Globalization;
using Sixtyfour;
using Spectre.Console;

namespace Quickstart;

internal static class Tables
{
    public static void Print(IAnsiConsole screen, IReadOnlyList<Finding> findings)
    {
        var table = new Table().AddColumns("Lead", "Title", "Years", "Works in", "Skills", "Confidence", "Sources", "Cost");
        foreach (var finding in findings)
        {
            table.AddRow([.. Cells(finding).Select(cell => new Text(cell))]);
        }

        if (findings.Count > 1)
        {
            var cents = findings.Sum(finding => finding.Found?.ChargeCents ?? 0);
            table.Columns[0].Footer = new Text($"{findings.Count(finding => finding.Found is not null)} of {findings.Count}");
            table.Columns[^1].Footer = new Text(Money.Cents(cents));
        }

        screen.Write(table);
    }

    /// <summary>The evidence for one lead.</summary>
    public static void PrintSources(IAnsiConsole screen, Enrichment found)
    {
        foreach (var source in found.References)
        {
            screen.MarkupLineInterpolated($"  {source.Url}: {source.Description}");
        }
    }

    private static string[] Cells(Finding finding) => finding.Found is { Data: var data } found
        ?
        [
            finding.Lead.Name,
            data.Title ?? "-",
            data.YearsExperience?.ToString(CultureInfo.InvariantCulture) ?? "-",
            data.Location ?? "-",
            data.Skills is { Count: > 0 } skills ? string.Join(", ", skills) : "-",
            found.ConfidenceScore is { } score ? string.Create(CultureInfo.InvariantCulture, $"{score:0.#}/10") : "-",
            found.References.Count.ToString(CultureInfo.InvariantCulture),
            Money.Cents(found.ChargeCents),
        ]
        : [finding.Lead.Name, finding.Failure ?? "", "-", "-", "-", "-", "-", "-"];
}
