namespace Sixtyfour;

/// <summary>The job ended without a result: failed, cancelled, terminated or timed out. It may have been charged, see the snapshot.</summary>
public class JobFailedException : SixtyfourException
{
    /// <summary>Makes the exception of a job that ended unhappily.</summary>
    /// <param name="snapshot">How the job ended; its error text becomes the message.</param>
    public JobFailedException(JobSnapshot snapshot)
        : base(Describe(snapshot ?? throw new ArgumentNullException(nameof(snapshot))))
    {
        Snapshot = snapshot;
        JobId = snapshot.JobId;
    }

    /// <summary>How the job ended.</summary>
    public JobSnapshot Snapshot { get; }

    private static string Describe(JobSnapshot snapshot) =>
        string.IsNullOrWhiteSpace(snapshot.Error) ? $"The job ended as '{snapshot.Status}' and the service gave no reason." : snapshot.Error!;
}

/// <summary>Somebody stopped the job; it has no result.</summary>
/// <param name="snapshot">How the job ended.</param>
public sealed class JobCancelledException(JobSnapshot snapshot) : JobFailedException(snapshot);
