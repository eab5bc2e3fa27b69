namespace Sixtyfour;

/// <summary>How to wait for a job. Nothing here ends the job itself.</summary>
public sealed class JobWaitOptions
{
    /// <summary>How long to wait before <see cref="JobStillRunningException"/>.</summary>
    /// <value><see langword="null"/>: as long as the job runs. More than zero, at most 30 days.</value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Receives the result of each poll of the job.</summary>
    /// <value>None.</value>
    public IProgress<JobSnapshot>? Progress { get; set; }

    /// <summary>A webhook will call <see cref="IJobsClient.Notify"/> at the end of the job, so the job is polled only once a minute until then.</summary>
    /// <value>False.</value>
    public bool ExpectWebhook { get; set; }
}
