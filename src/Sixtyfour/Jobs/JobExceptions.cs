using Sixtyfour.Http;

namespace Sixtyfour;

/// <summary>The job ended without a result: failed, canceled, terminated or timed out. <see cref="JobSnapshot.ChargeCents"/> shows a charge.</summary>
/// <remarks>
/// The message names the job, its status and the service's reason with e-mail addresses, phone numbers and the queries of addresses masked; a name in that text
/// cannot be recognized and remains.
/// The whole text of the service is in <see cref="JobSnapshot.Error"/> of <see cref="Snapshot"/>; it may contain personal data.
/// </remarks>
public class JobFailedException : SixtyfourException
{
    /// <summary>Makes the exception of a job that ended without a result.</summary>
    /// <param name="snapshot">The final status; its masked error text becomes part of the message.</param>
    /// <param name="innerException">The cause, if any.</param>
    public JobFailedException(JobSnapshot snapshot, Exception? innerException = null)
        : base(Describe(snapshot ?? throw new ArgumentNullException(nameof(snapshot))), innerException)
    {
        Snapshot = snapshot;
        JobId = snapshot.JobId;
    }

    /// <summary>How the job ended.</summary>
    public JobSnapshot Snapshot { get; }

    private static string Describe(JobSnapshot snapshot)
    {
        var hasReason = !string.IsNullOrWhiteSpace(snapshot.Error);
        var reason = hasReason ? PersonalData.Mask(snapshot.Error!).Trim().TrimEnd('.') : "the service gave no reason";
        var wholeText = hasReason ? "The whole text is in Snapshot.Error. " : "";
        var status = PersonalData.Mask(snapshot.Status.Value);
        return $"Job {snapshot.JobId} ended as '{status}': {reason}. {wholeText}Waiting again ends the same way; a new start is a new job and charged as one.";
    }
}

/// <summary>The job was stopped; it has no result. The message is made as that of a <see cref="JobFailedException"/>.</summary>
/// <param name="snapshot">How the job ended.</param>
public sealed class JobCanceledException(JobSnapshot snapshot) : JobFailedException(snapshot);

/// <summary>
/// The limit of the wait passed before the job was seen to end; you can wait again at no further cost. <see cref="LastSeen"/> distinguishes a job that still
/// runs from one that no poll has found. If the last poll failed, its failure is the <see cref="Exception.InnerException"/>.
/// </summary>
public sealed class JobStillRunningException : SixtyfourException
{
    /// <summary>Makes the exception of a wait that ended before its job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="limit">The limit that passed.</param>
    /// <param name="lastSeen">The last known status; <see langword="null"/> when no poll was answered.</param>
    /// <param name="innerException">The failure of the last poll, if it failed.</param>
    public JobStillRunningException(string jobId, TimeSpan limit, JobSnapshot? lastSeen, Exception? innerException = null)
        : base(Describe(jobId ?? throw new ArgumentNullException(nameof(jobId)), limit, lastSeen, innerException), innerException)
    {
        LastSeen = lastSeen;
        Limit = limit;
        JobId = jobId;
    }

    /// <summary>The last known status of the job.</summary>
    /// <value><see langword="null"/> when no poll of this wait was answered.</value>
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
