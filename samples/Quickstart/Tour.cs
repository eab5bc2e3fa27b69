using Sixtyfour;
using Spectre.Console;

namespace Quickstart;

/// <summary>Jobs first, then one call, then a file: the order in which an application should think of them.</summary>
internal static class Tour
{
    private static readonly Lead Sample = new("Nadia Okafor", "Example Robotics", "example.com");

    public static async Task<bool> RunAsync(Target target, IReadOnlyList<Lead> file, OpenJobs open, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        var leads = target.Client.Leads;

        screen.Heading("1. A lead as a job");
        var job = await OneJob.RunAsync(leads, Sample, open, screen, cancellationToken);
        Tables.Print(screen, [job]);
        if (job.Found is { } found)
        {
            Tables.PrintSources(screen, found);
        }

        screen.Heading("2. The same lead in one call");
        var call = await OneCall.RunAsync(leads, Sample, screen, cancellationToken);
        Tables.Print(screen, [call]);

        IReadOnlyList<Lead> affordable = [.. Target.Affordable(file)];
        screen.Heading($"3. {affordable.Count} leads of leads.csv as jobs, a few at a time");
        var many = await ManyJobs.RunAsync(leads, affordable, open, screen, cancellationToken);
        Tables.Print(screen, many);

        return many.Append(job).Append(call).All(finding => finding.Found is not null);
    }
}
