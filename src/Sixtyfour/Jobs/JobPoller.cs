using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Jobs;

/// <summary>
/// All waits of one client, and the starts of its many-runs, share one poll queue; each job is polled once for all its waiters. The loop pulls: it waits for
/// a permit and then decides what the permit is for, so that no request queues that has become pointless. It begins with the first wait and ends with the
/// last.
/// </summary>
/// <param name="calls">Sends the polls.</param>
/// <param name="permits">Permits for polls and starts.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Logs polls and their failures.</param>
/// <param name="random">From 0 up to 1.</param>
/// <param name="longestFailure">How long the polls of a job may go without an answer, where the service has answered before.</param>
internal sealed partial class JobPoller(
    JobStatusCalls calls, BackgroundPermits permits, TimeProvider clock, ILogger logger, Func<double> random, TimeSpan longestFailure) : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, OpenJob> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<PendingStart> _starts = new();
    private readonly List<CancellationTokenSource> _ended = [];
    private readonly PollQueue _queue = new(random);
    private readonly long _origin = clock.GetTimestamp();
    private bool _isDisposed;

    public ILogger Logger => logger;

    public TimeProvider Clock => clock;

    private TimeSpan Now => clock.GetElapsedTime(_origin);

    public static SixtyfourException Failure(JobSnapshot last) => last.Status.IsCanceled ? new JobCanceledException(last) : new JobFailedException(last);

    public Task<JobSnapshot> GetStatusAsync(string jobId, RequestOptions? options, CancellationToken cancellationToken) =>
        calls.GetAsync(jobId, elapsed: null, options, cancellationToken);

    public async IAsyncEnumerable<JobSnapshot> WatchAsync(JobWait wait, JobWaitOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new WaitLimit(wait.JobId, options?.Timeout, clock, cancellationToken);
        var (job, node) = Join(wait);
        try
        {
            do
            {
                node = await limit.NextAsync(job, node).ConfigureAwait(false);
                options?.Progress?.Report(node.Snapshot!);
                yield return node.Snapshot!;
            }
            while (!node.Snapshot!.Status.IsTerminal);
        }
        finally
        {
            Leave(job, wait);
        }
    }

    /// <summary>Waits for the end without progress; for jobs of a batch.</summary>
    public async Task<JobSnapshot> EndAsync(JobWait wait, CancellationToken cancellationToken)
    {
        using var limit = new WaitLimit(wait.JobId, limit: null, clock, cancellationToken);
        var (job, node) = Join(wait);
        try
        {
            do
            {
                node = await limit.NextAsync(job, node).ConfigureAwait(false);
            }
            while (!node.Snapshot!.Status.IsTerminal);

            return node.Snapshot;
        }
        finally
        {
            Leave(job, wait);
        }
    }

    public void Notify(string jobId)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(jobId, out var job))
            {
                job.WebhookCame();
                _queue.Notify(job, Now);
                _run?.Changed.Set();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            EndAll(Disposed, DisposedBeforeStart());
        }

        CancelEnded();
    }

    private (OpenJob Job, SnapshotNode BeforeLast) Join(JobWait wait)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(wait.JobId);
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw Disposed(wait.JobId);
            }

            if (_open.TryGetValue(wait.JobId, out var job))
            {
                var expectedWebhook = job.ExpectsWebhook;
                job.Join(wait);
                _queue.Refresh(job);
                if (expectedWebhook && !job.ExpectsWebhook)
                {
                    _queue.Notify(job, Now);
                }
            }
            else
            {
                _open.Add(wait.JobId, job = new OpenJob(wait.JobId, clock.GetTimestamp()));
                job.Join(wait);
                _queue.Add(job, wait.Kind, Now, wait.Started is { } stamp ? clock.GetElapsedTime(_origin, stamp) : null);
                Telemetry.JobsOpened(1);
            }

            Wake();
            return (job, job.BeforeLast);
        }
    }

    private void Leave(OpenJob job, JobWait wait)
    {
        lock (_gate)
        {
            if (job.Leave(wait))
            {
                Close(job);
            }
            else
            {
                _queue.Refresh(job);
            }
        }

        CancelEnded();
    }

    private static ObjectDisposedException Disposed(string jobId) =>
        new(nameof(SixtyfourClient), $"The client was disposed while job {jobId} was waited for. The job goes on: wait for it with another client.");

    // Everything below that touches jobs, starts or queue is called under the gate.
    private void Close(OpenJob job)
    {
        if (_open.TryGetValue(job.Id, out var known) && ReferenceEquals(known, job))
        {
            _open.Remove(job.Id);
            _queue.Remove(job);
            Telemetry.JobsOpened(-1);
            if (job.Polling is { } polling)
            {
                _ended.Add(polling);
            }

            SleepIfIdle();
        }
    }

    private void EndAll(Func<string, Exception> error, Exception notStarted)
    {
        foreach (var job in (OpenJob[])[.. _open.Values])
        {
            Close(job);
            job.End(error(job.Id));
        }

        while (_starts.First is { } first)
        {
            _starts.RemoveFirst();
            first.Value.Place = null;
            first.Value.TrySetException(notStarted);
        }

        SleepIfIdle();
    }

    // Not under the gate: canceling runs code of the application.
    private void CancelEnded()
    {
        CancellationTokenSource[] ended;
        lock (_gate)
        {
            ended = [.. _ended];
            _ended.Clear();
        }

        foreach (var one in ended)
        {
            one.CancelSafely(logger);
        }
    }
}

/// <summary>One wait, as the poller needs to know it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Kind">See <see cref="JobKind"/>.</param>
/// <param name="Started">The time stamp of the start, where it was made in this process.</param>
internal readonly record struct JobWait(string JobId, string Kind, long? Started)
{
    /// <summary>A caller waits for this one job and sees each poll of it.</summary>
    public bool IsSingle { get; init; }

    /// <summary>A webhook will report its end.</summary>
    public bool ExpectsWebhook { get; init; }
}
