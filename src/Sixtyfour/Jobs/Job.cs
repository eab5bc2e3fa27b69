using System.Diagnostics;
using Sixtyfour.Diagnostics;
using Sixtyfour.Jobs;

namespace Sixtyfour;

/// <summary>
/// A handle on work that runs at the service. It never changes, and <see cref="Id"/> is all there is to store: any process can make the handle again with
/// <c>GetJob</c>. Cancelling a wait never cancels the job.
/// </summary>
/// <typeparam name="T">What the job ends with.</typeparam>
[DebuggerDisplay("Job {Id}")]
public class Job<T>
{
    private readonly IJobSource _source;
    private readonly Func<JobSnapshot, T> _read;

    internal Job(string id, IJobSource source, Func<JobSnapshot, T> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        Id = id;
        _source = source;
        _read = read;
    }

    /// <summary>The service's name for the job. It is paid for: store it.</summary>
    public string Id { get; }

    /// <summary>Asks once where the job stands. Costs nothing but one request of the limit.</summary>
    /// <param name="cancellationToken">Ends the asking, never the job.</param>
    /// <exception cref="SixtyfourException">The job could not be asked about; it carries the job's id.</exception>
    public Task<JobSnapshot> GetStatusAsync(CancellationToken cancellationToken = default) => _source.GetStatusAsync(Id, cancellationToken);

    /// <summary>
    /// What each poll of the job shows; the last item is its end, well or not. Polls that fail transiently (408, 429, 5xx, lost answers) are repeated.
    /// </summary>
    /// <param name="cancellationToken">Ends the watching, never the job.</param>
    /// <exception cref="SixtyfourException">The job cannot be asked about (401, 403, 404 after 30 seconds); it carries the job's id.</exception>
    public IAsyncEnumerable<JobSnapshot> WatchAsync(CancellationToken cancellationToken = default) => _source.WatchAsync(Id, null, cancellationToken);

    /// <summary>Waits for the result. Waiting again, here or in another process, costs nothing.</summary>
    /// <param name="options">Limit and progress.</param>
    /// <param name="cancellationToken">Ends the waiting, never the job.</param>
    /// <exception cref="JobFailedException">The job ended without a result; <see cref="JobCanceledException"/> when it was stopped.</exception>
    /// <exception cref="JobStillRunningException"><see cref="JobWaitOptions.Timeout"/> passed; the job goes on.</exception>
    /// <exception cref="SixtyfourException">The job cannot be asked about; like all of these it carries the job's id.</exception>
    public async Task<T> WaitAsync(JobWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var activity = Telemetry.Source.StartActivity("sixtyfour job");
        activity?.SetTag(Telemetry.JobIdTag, Id);
        var last = await WatchToEndAsync(options, activity, cancellationToken).ConfigureAwait(false);
        activity?.SetTag(Telemetry.JobStatusTag, last.Status.Value);
        if (last.Status.IsSuccess)
        {
            return _read(last);
        }

        activity?.SetStatus(ActivityStatusCode.Error, last.Status.Value);
        throw _source.Failure(last);
    }

    /// <summary>Names the id.</summary>
    public override string ToString() => $"Job {Id}";

    /// <summary>The same job, its result read further.</summary>
    internal Job<TNext> Select<TNext>(Func<T, TNext> next) => new(Id, _source, snapshot => next(_read(snapshot)));

    private async Task<JobSnapshot> WatchToEndAsync(JobWaitOptions? options, Activity? activity, CancellationToken cancellationToken)
    {
        JobSnapshot? last = null;
        try
        {
            await foreach (var snapshot in _source.WatchAsync(Id, options, cancellationToken).ConfigureAwait(false))
            {
                last = snapshot;
            }
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }

        return last!;
    }
}

/// <summary>Shortcuts for waiting.</summary>
public static class JobExtensions
{
    /// <inheritdoc cref="Job{T}.WaitAsync"/>
    /// <param name="job">The job to wait for.</param>
    /// <param name="cancellationToken">Ends the waiting, never the job.</param>
    public static Task<T> WaitAsync<T>(this Job<T> job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.WaitAsync(null, cancellationToken);
    }

    /// <inheritdoc cref="Job{T}.WaitAsync"/>
    /// <param name="job">The job to wait for.</param>
    /// <param name="timeout">How long to wait before <see cref="JobStillRunningException"/>; more than zero.</param>
    /// <param name="cancellationToken">Ends the waiting, never the job.</param>
    public static Task<T> WaitAsync<T>(this Job<T> job, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.WaitAsync(new JobWaitOptions { Timeout = timeout }, cancellationToken);
    }
}

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
