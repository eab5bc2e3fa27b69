using Sixtyfour;
using Spectre.Console;

namespace Quickstart;

/// <summary>Research as a job: it has an id from the first moment, so nothing is lost whatever happens to this process.</summary>
internal static class OneJob
{
    public static async Task<Finding> RunAsync(ILeadsClient leads, Lead lead, OpenJobs open, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        Job<Enrichment<LeadFacts>> job = await leads.StartAsync<LeadFacts>(lead.ToLeadInfo(), Target.Options, cancellationToken);
        open.Add(job.Id, lead.Name);    // paid for from here on: keep the id before anything else
        screen.MarkupLineInterpolated($"Started job [blue]{job.Id}[/].");

        try
        {
            var found = await screen.SpinAsync("waiting", tell =>
                job.WaitAsync(new() { Progress = new JobProgress(screen, tell) }, cancellationToken));
            open.Remove(job.Id);
            return new(lead, found);
        }
        catch (JobFailedException e)
        {
            open.Remove(job.Id);
            return new(lead, Failure: $"{e.Snapshot.Status}: {e.Message}");
        }
    }

    // Not Progress<T>: in a program without a synchronization context that one reports later and out of order.
    private sealed class JobProgress(IAnsiConsole screen, Action<string> tell) : IProgress<JobSnapshot>
    {
        private JobStatus _last;

        public void Report(JobSnapshot value)
        {
            tell($"{value.Status} for {value.Elapsed:mm\\:ss}");
            if (value.Status != _last)
            {
                _last = value.Status;
                screen.MarkupLineInterpolated($"  {value.Status} after {value.Elapsed:mm\\:ss}");
            }
        }
    }
}
