namespace Sixtyfour.Jobs;

/// <summary>The poller, as handles on jobs of one kind see it.</summary>
/// <param name="poller">Polls the jobs.</param>
/// <param name="kind">See <see cref="JobKind"/>.</param>
/// <param name="started">The time stamp of the start, where it was made in this process.</param>
internal sealed class PolledJobs(JobPoller poller, string kind, long? started = null) : IJobSource
{
    public Task<JobSnapshot> GetStatusAsync(string jobId, CancellationToken cancellationToken) => poller.GetStatusAsync(jobId, null, cancellationToken);

    public IAsyncEnumerable<JobSnapshot> WatchAsync(string jobId, JobWaitOptions? options, CancellationToken cancellationToken) =>
        poller.WatchAsync(new(jobId, kind, started) { IsSingle = true, ExpectsWebhook = options?.ExpectWebhook ?? false }, options, cancellationToken);

    public SixtyfourException Failure(JobSnapshot last) => JobPoller.Failure(last);
}
