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
