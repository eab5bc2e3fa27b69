namespace Sixtyfour;

/// <summary>How to wait for a job. Nothing here ends the job itself.</summary>
public sealed class JobWaitOptions
{
    /// <summary>How long to wait before <see cref="JobStillRunningException"/>.</summary>
    /// <value><see langword="null"/>: as long as the job runs. More than zero.</value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Told what each poll of the job shows.</summary>
    /// <value>None.</value>
    public IProgress<JobSnapshot>? Progress { get; set; }

    /// <summary>A webhook will call <see cref="IJobsClient.Notify"/> at the end of the job, so it is asked about only once a minute until then.</summary>
    /// <value>False.</value>
    public bool ExpectWebhook { get; set; }
}
