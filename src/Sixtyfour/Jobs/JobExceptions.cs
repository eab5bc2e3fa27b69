namespace Sixtyfour;

/// <summary>The job ended without a result: failed, canceled, terminated or timed out. It may have been charged, see the snapshot.</summary>
public class JobFailedException : SixtyfourException
{
    /// <summary>Makes the exception of a job that ended without a result.</summary>
    /// <param name="snapshot">How the job ended; its error text becomes the message.</param>
    /// <param name="innerException">The failure underneath, if any.</param>
    public JobFailedException(JobSnapshot snapshot, Exception? innerException = null)
        : base(Describe(snapshot ?? throw new ArgumentNullException(nameof(snapshot))), innerException)
    {
        Snapshot = snapshot;
        JobId = snapshot.JobId;
    }

    /// <summary>How the job ended.</summary>
    public JobSnapshot Snapshot { get; }

    private static string Describe(JobSnapshot snapshot) =>
        string.IsNullOrWhiteSpace(snapshot.Error) ? $"The job ended as '{snapshot.Status}' and the service gave no reason." : snapshot.Error!;
}

/// <summary>The job was stopped; it has no result.</summary>
/// <param name="snapshot">How the job ended.</param>
public sealed class JobCanceledException(JobSnapshot snapshot) : JobFailedException(snapshot);

/// <summary>
/// The wait's own limit passed before the job was seen to end; it can be waited for again, at no further cost. <see cref="LastSeen"/> tells a job that still runs
/// from one that no poll has found; the last failure of a poll, if the last one failed, is the <see cref="Exception.InnerException"/>.
/// </summary>
public sealed class JobStillRunningException : SixtyfourException
{
    /// <summary>Makes the exception of a wait that ended before its job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="limit">The limit that passed.</param>
    /// <param name="lastSeen">What was known of the job last; <see langword="null"/> when no poll has been answered.</param>
    /// <param name="innerException">Why the last poll was not answered, if it was not.</param>
    public JobStillRunningException(string jobId, TimeSpan limit, JobSnapshot? lastSeen, Exception? innerException = null)
        : base(Describe(jobId ?? throw new ArgumentNullException(nameof(jobId)), limit, lastSeen, innerException), innerException)
    {
        LastSeen = lastSeen;
        Limit = limit;
        JobId = jobId;
    }

    /// <summary>What was known of the job last.</summary>
    /// <value><see langword="null"/> when no poll of this wait has been answered.</value>
    public JobSnapshot? LastSeen { get; }

    /// <summary>The limit that passed.</summary>
    public TimeSpan Limit { get; }

    private static string Describe(string jobId, TimeSpan limit, JobSnapshot? lastSeen, Exception? failure)
    {
        var state = lastSeen is null ? $"Job {jobId} was not seen within {limit}" : $"Job {jobId} still runs after {limit} (status '{lastSeen.Status}')";
        var reason = failure is null ? "" : $"; the last poll failed: {failure.Message.TrimEnd('.')}";
        return $"{state}{reason}. Waiting again costs nothing.";
    }
}
