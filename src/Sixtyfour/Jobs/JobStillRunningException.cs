namespace Sixtyfour;

/// <summary>The wait's own limit passed; the job goes on and can be waited for again, at no further cost.</summary>
public sealed class JobStillRunningException : SixtyfourException
{
    /// <summary>Makes the exception of a wait that ended before its job.</summary>
    /// <param name="lastSeen">What was known of the job last.</param>
    /// <param name="limit">The limit that passed.</param>
    public JobStillRunningException(JobSnapshot lastSeen, TimeSpan limit)
        : base($"Job {(lastSeen ?? throw new ArgumentNullException(nameof(lastSeen))).JobId} still runs after {limit}: it goes on, wait again whenever you like.")
    {
        LastSeen = lastSeen;
        Limit = limit;
        JobId = lastSeen.JobId;
    }

    /// <summary>What was known of the job last.</summary>
    public JobSnapshot LastSeen { get; }

    /// <summary>The limit that passed.</summary>
    public TimeSpan Limit { get; }
}
