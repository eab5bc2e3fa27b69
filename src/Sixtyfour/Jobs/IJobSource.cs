namespace Sixtyfour.Jobs;

/// <summary>Where a handle learns about its job: the service, or a test.</summary>
internal interface IJobSource
{
    Task<JobSnapshot> GetStatusAsync(string jobId, CancellationToken cancellationToken);

    IAsyncEnumerable<JobSnapshot> WatchAsync(string jobId, JobWaitOptions? options, CancellationToken cancellationToken);

    /// <summary>The exception of a job that ended as <paramref name="last"/> says.</summary>
    SixtyfourException Failure(JobSnapshot last);
}
