using Sixtyfour.Bulk;
using Sixtyfour.Jobs;

namespace Sixtyfour;

/// <summary>
/// A handle on a bulk file that the service is working on. With <see cref="JobWaitOptions.Progress"/> a wait also asks for the stages of the job.
/// </summary>
public sealed class BulkJob : Job<BulkResult>
{
    /// <summary>Makes a handle on a job that has already ended, for tests; it sends nothing.</summary>
    /// <param name="id">The id of the handle.</param>
    /// <param name="result">What the wait returns.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or white space.</exception>
    public BulkJob(string id, BulkResult result)
        : base(id, new FinishedJob(new() { JobId = id, Status = JobStatus.Completed }, error: null), _ => result)
    {
    }

    internal BulkJob(string id, IJobSource source, Func<JobSnapshot, BulkResult> read, BulkStart? start = null, string? idempotencyKey = null)
        : base(id, source, read)
    {
        RowCount = start?.RowCount;
        EstimatedCostCents = start?.EstimatedCents;
        AlreadyStarted = start?.AlreadyStarted ?? false;
        IdempotencyKey = idempotencyKey;
    }

    /// <summary>How many rows the service found in the file.</summary>
    /// <value><see langword="null"/> after <c>GetJob</c>, and when the key had been used before.</value>
    public long? RowCount { get; init; }

    /// <summary>What the service expects to charge at least, in US cents; options such as <c>find_people</c> can bill more.</summary>
    /// <value><see langword="null"/> after <c>GetJob</c>, and when the key had been used before.</value>
    public decimal? EstimatedCostCents { get; init; }

    /// <summary>The key the file was submitted with: submitting with it again answers with this job and costs nothing.</summary>
    /// <value><see langword="null"/> after <c>GetJob</c>.</value>
    public string? IdempotencyKey { get; init; }

    /// <summary>The key had been used before: this is the job of its first use, and nothing new was started or charged.</summary>
    /// <value>False after <c>GetJob</c>. Also true when the first answer to this call was lost and a retry was answered.</value>
    public bool AlreadyStarted { get; init; }
}
