using Sixtyfour;
using Spectre.Console;

namespace Quickstart;

/// <summary>Jobs that an earlier run has started and paid for. Waiting for them costs nothing.</summary>
internal static class ResumedJobs
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        ILeadsClient leads, IReadOnlyList<string> jobIds, OpenJobs open, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        foreach (var id in jobIds)
        {
            open.Add(id, "resumed");
        }

        return await screen.SpinAsync("waiting", _ => Task.WhenAll(jobIds.Select(id => OneAsync(leads, id, open, cancellationToken))));
    }

    private static async Task<Finding> OneAsync(ILeadsClient leads, string jobId, OpenJobs open, CancellationToken cancellationToken)
    {
        var lead = new Lead(jobId, "", "");
        try
        {
            var found = await leads.GetJob<LeadFacts>(jobId).WaitAsync(cancellationToken);
            open.Remove(jobId);
            return new(lead, found);
        }
        catch (JobFailedException e)
        {
            open.Remove(jobId);
            return new(lead, Failure: $"{e.Snapshot.Status}: {e.Message}");
        }
        catch (SixtyfourException e)
        {
            return new(lead, Failure: e.Message);
        }
    }
}
