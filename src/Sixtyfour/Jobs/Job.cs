using System.Diagnostics;
using Sixtyfour.Diagnostics;
using Sixtyfour.Jobs;

namespace Sixtyfour;

/// <summary>
/// A handle on work that runs at the service. It never changes, and <see cref="Id"/> is all you need to store: any process can make the handle again with
/// <c>GetJob</c>. Canceling a wait never cancels the job.
/// </summary>
/// <typeparam name="T">The result of the job.</typeparam>
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

    /// <summary>The service's id of the job. It is paid for: store it.</summary>
    public string Id { get; }

    /// <summary>Gets the status of the job once. Free of charge; it counts as one request against the limit.</summary>
    /// <param name="cancellationToken">Cancels the request, never the job.</param>
    /// <exception cref="SixtyfourException">The status could not be read; the exception has the job's id.</exception>
    public Task<JobSnapshot> GetStatusAsync(CancellationToken cancellationToken = default) => _source.GetStatusAsync(Id, cancellationToken);

    /// <summary>
    /// The result of each poll of the job; the last item is its end, successful or not. Polls that fail transiently (408, 429, 5xx, lost answers) are repeated.
    /// Polls are free of charge.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait, never the job.</param>
    /// <exception cref="SixtyfourException">The status cannot be read (401, 403, 404 after 30 seconds); the exception has the job's id.</exception>
    public IAsyncEnumerable<JobSnapshot> WatchAsync(CancellationToken cancellationToken = default) => _source.WatchAsync(Id, null, cancellationToken);

    /// <summary>Waits for the result. Waiting again, here or in another process, costs nothing.</summary>
    /// <param name="options">Time limit and progress; none by default.</param>
    /// <param name="cancellationToken">Cancels the wait, never the job.</param>
    /// <exception cref="ArgumentException"><see cref="JobWaitOptions.Timeout"/> is out of range.</exception>
    /// <exception cref="JobFailedException">The job ended without a result; <see cref="JobCanceledException"/> when it was stopped.</exception>
    /// <exception cref="JobStillRunningException"><see cref="JobWaitOptions.Timeout"/> passed; the job goes on.</exception>
    /// <exception cref="SixtyfourException">The status cannot be read; like all of these the exception has the job's id.</exception>
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

    /// <summary>Shows the id.</summary>
    public override string ToString() => $"Job {Id}";

    /// <summary>The same job with its result converted.</summary>
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
    /// <param name="cancellationToken">Cancels the wait, never the job.</param>
    public static Task<T> WaitAsync<T>(this Job<T> job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.WaitAsync(null, cancellationToken);
    }

    /// <inheritdoc cref="Job{T}.WaitAsync"/>
    /// <param name="job">The job to wait for.</param>
    /// <param name="timeout">How long to wait before <see cref="JobStillRunningException"/>: more than zero, at most 30 days.</param>
    /// <param name="cancellationToken">Cancels the wait, never the job.</param>
    public static Task<T> WaitAsync<T>(this Job<T> job, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.WaitAsync(new JobWaitOptions { Timeout = timeout }, cancellationToken);
    }
}

/// <summary>Makes handles on jobs that have already ended, for tests; they send nothing.</summary>
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
