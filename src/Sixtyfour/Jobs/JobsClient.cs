using System.Text.Json;

namespace Sixtyfour.Jobs;

internal sealed class JobsClient(JobPoller poller) : IJobsClient
{
    public Job<JsonElement> GetJob(string jobId) => new(jobId, new PolledJobs(poller, JobKind.Unknown), JobResults.Raw);

    public Task<JobSnapshot> GetStatusAsync(string jobId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        poller.GetStatusAsync(jobId, options, cancellationToken);

    public void Notify(string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        poller.Notify(jobId);
    }
}
