using System.Text.Json;
using Sixtyfour.Jobs;
using Sixtyfour.Json;
using Sixtyfour.Webhooks;

namespace Sixtyfour;

internal sealed class JobsClient(JobPoller poller, JsonContracts contracts) : IJobsClient
{
    public Job<JsonElement> GetJob(string jobId) => new(jobId, new PolledJobs(poller, JobKind.Unknown), JobResults.Raw);

    public Task<JobSnapshot> GetStatusAsync(string jobId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        poller.GetStatusAsync(jobId, options, cancellationToken);

    public void Notify(string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        poller.Notify(jobId);
    }

    public WebhookEvent Receive(ReadOnlyMemory<byte> body, WebhookHeaders? headers = null)
    {
        var received = EventReader.Read(body, headers, contracts);

        // The task id of a bulk job doubles as the id of its run.
        var id = received switch
        {
            JobEvent job => job.JobId,
            WorkflowEvent workflow => workflow.RunId,
            _ => null,
        };
        if (id is not null)
        {
            poller.Notify(id);
        }

        return received;
    }
}
