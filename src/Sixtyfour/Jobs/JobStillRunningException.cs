namespace Sixtyfour;

/// <summary>
/// The wait's own limit passed before the job was seen to end; it can be waited for again, at no further cost. <see cref="WasSeen"/> tells a job that still runs
/// from one that no poll has found; the last failure of a poll, if the last one failed, is the <see cref="Exception.InnerException"/>.
/// </summary>
public sealed class JobStillRunningException : SixtyfourException
{
    /// <summary>Makes the exception of a wait that ended before its job.</summary>
    /// <param name="lastSeen">What was known of the job last; its id alone, where no poll has succeeded.</param>
    /// <param name="limit">The limit that passed.</param>
    /// <param name="innerException">Why the last poll failed; <see langword="null"/> where it did not.</param>
    public JobStillRunningException(JobSnapshot lastSeen, TimeSpan limit, Exception? innerException = null)
        : base(Describe(lastSeen ?? throw new ArgumentNullException(nameof(lastSeen)), limit, innerException), innerException)
    {
        LastSeen = lastSeen;
        Limit = limit;
        JobId = lastSeen.JobId;
    }

    /// <summary>What was known of the job last.</summary>
    public JobSnapshot LastSeen { get; }

    /// <summary>Whether a poll of this wait has succeeded; where none has, it is not known that the job runs.</summary>
    public bool WasSeen => WasPolled(LastSeen);

    /// <summary>The limit that passed.</summary>
    public TimeSpan Limit { get; }

    private static bool WasPolled(JobSnapshot snapshot) => snapshot.Status.Value.Length > 0 || snapshot.Raw.ValueKind is not System.Text.Json.JsonValueKind.Undefined;

    private static string Describe(JobSnapshot lastSeen, TimeSpan limit, Exception? failure)
    {
        var state = WasPolled(lastSeen) ? $"Job {lastSeen.JobId} still runs after {limit} (status '{lastSeen.Status}')" : $"Job {lastSeen.JobId} was not seen within {limit}";
        var reason = failure is null ? "" : $"; the last poll failed: {failure.Message.TrimEnd('.')}";
        return $"{state}{reason}. Waiting again costs nothing.";
    }
}
