using System.Runtime.CompilerServices;
using Sixtyfour.Jobs;

namespace Sixtyfour;

/// <summary>Makes handles on jobs that have ended already, for tests; they send nothing.</summary>
public static class Job
{
    /// <summary>A handle whose wait returns <paramref name="result"/> at once.</summary>
    /// <param name="id">The id of the handle.</param>
    /// <param name="result">What the wait returns.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or white space.</exception>
    public static Job<T> FromResult<T>(string id, T result) =>
        new(id, new FinishedJob(new() { JobId = id, Status = JobStatus.Completed }, error: null), _ => result);

    /// <summary>A handle whose wait throws <paramref name="error"/> at once.</summary>
    /// <param name="id">The id of the handle.</param>
    /// <param name="error">What the wait throws; the snapshot of a <see cref="JobFailedException"/> is what the status shows.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or white space.</exception>
    public static Job<T> FromException<T>(string id, SixtyfourException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var end = error is JobFailedException failed ? failed.Snapshot : new JobSnapshot { JobId = id, Status = JobStatus.Failed, Error = error.Message };
        return new(id, new FinishedJob(end, error), _ => throw error);
    }
}

/// <summary>A job that has ended already and sends nothing; what tests are given.</summary>
internal sealed class FinishedJob(JobSnapshot end, SixtyfourException? error) : IJobSource
{
    public Task<JobSnapshot> GetStatusAsync(string jobId, CancellationToken cancellationToken) => Task.FromResult(end);

    public async IAsyncEnumerable<JobSnapshot> WatchAsync(
        string jobId, JobWaitOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        options?.Progress?.Report(end);
        yield return end;
        await Task.CompletedTask.ConfigureAwait(false);
    }

    public SixtyfourException Failure(JobSnapshot last) => error!;
}
