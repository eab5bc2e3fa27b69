using Sixtyfour;
using Spectre.Console;

namespace Quickstart;

/// <summary>The leads of a file as jobs, a few at a time.</summary>
internal static class ManyJobs
{
    // Small, so that the run has something to show. Waits are cheap: an application may well have a thousand.
    private const int AtOnce = 10;

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        ILeadsClient client, IReadOnlyList<Lead> leads, OpenJobs open, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        var findings = new Finding[leads.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await screen.CountAsync("leads", leads.Count, done => Parallel.ForEachAsync(leads.Index(), limits, async (numbered, token) =>
        {
            findings[numbered.Index] = await OneAsync(client, numbered.Item, open, screen, token);
            done();
        }));
        return findings;
    }

    private static async Task<Finding> OneAsync(ILeadsClient client, Lead lead, OpenJobs open, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        try
        {
            var job = await client.StartAsync<LeadFacts>(lead.ToLeadInfo(), Target.Options, cancellationToken);
            open.Add(job.Id, lead.Name);
            screen.MarkupLineInterpolated($"  {lead.Name}: job [blue]{job.Id}[/]");
            var found = await job.WaitAsync(cancellationToken);
            open.Remove(job.Id);
            return new(lead, found);
        }
        catch (JobFailedException e)
        {
            open.Remove(e.Snapshot.JobId);
            return new(lead, Failure: $"{e.Snapshot.Status}: {e.Message}");
        }
        catch (SixtyfourException e) when (!ConcernsEveryLead(e))
        {
            return new(lead, Failure: e.Message);    // a job that goes on stays among the open ones
        }
    }

    private static bool ConcernsEveryLead(SixtyfourException e) => e is InvalidApiKeyException or InsufficientCreditsException or PermissionDeniedException;
}
