using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Jobs;

/// <summary>Looks at the jobs that are waited for: each in a loop of its own that begins with the first wait and ends with the last.</summary>
internal sealed class JobPoller(JobStatusCalls calls, TimeProvider clock, ILogger logger, Func<double> random) : IJobSource, IDisposable
{
    // A start is known to its own process before every server of the service knows it.
    private static readonly TimeSpan MayBeUnknownFor = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, OpenJob> _open = new(StringComparer.Ordinal);
    private bool _isDisposed;

    public Task<JobSnapshot> GetStatusAsync(string jobId, CancellationToken cancellationToken) => GetStatusAsync(jobId, null, cancellationToken);

    public Task<JobSnapshot> GetStatusAsync(string jobId, RequestOptions? options, CancellationToken cancellationToken) =>
        calls.AskAsync(jobId, elapsed: null, options, cancellationToken);

    public SixtyfourException Failure(JobSnapshot last) => last.Status.IsCancelled ? new JobCancelledException(last) : new JobFailedException(last);

    public async IAsyncEnumerable<JobSnapshot> WatchAsync(string jobId, JobWaitOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var expectsWebhook = options?.ExpectWebhook ?? false;
        using var limit = new WaitLimit(jobId, options?.Timeout, clock, cancellationToken);
        var (job, observation) = Join(jobId, expectsWebhook);
        try
        {
            do
            {
                observation = await limit.NextAsync(observation).ConfigureAwait(false);
                options?.Progress?.Report(observation.Snapshot!);
                yield return observation.Snapshot!;
            }
            while (!observation.Snapshot!.Status.IsTerminal);
        }
        finally
        {
            Leave(job, expectsWebhook);
        }
    }

    public void Notify(string jobId)
    {
        lock (_open)
        {
            if (_open.TryGetValue(jobId, out var job))
            {
                job.Notify();
            }
        }
    }

    public void Dispose()
    {
        OpenJob[] open;
        lock (_open)
        {
            _isDisposed = true;
            open = [.. _open.Values];
            _open.Clear();
            foreach (var job in open)
            {
                job.End(Disposed(job.Id));
            }
        }

        foreach (var job in open)
        {
            job.Abandon();
        }
    }

    private static ObjectDisposedException Disposed(string jobId) =>
        new(nameof(SixtyfourClient), $"The client was disposed while job {jobId} was waited for. The job goes on: wait for it with another client.");

    private (OpenJob Job, Observation Last) Join(string jobId, bool expectsWebhook)
    {
        lock (_open)
        {
            if (_isDisposed)
            {
                throw Disposed(jobId);
            }

            if (_open.TryGetValue(jobId, out var job))
            {
                if (job.ExpectsWebhook && !expectsWebhook)
                {
                    job.Notify();
                }
            }
            else
            {
                _open.Add(jobId, job = new OpenJob(jobId));
                Start(job);
            }

            job.Join(expectsWebhook);
            return (job, job.BeforeLast);
        }
    }

    private void Leave(OpenJob job, bool expectsWebhook)
    {
        lock (_open)
        {
            if (job.Leave(expectsWebhook))
            {
                Forget(job);
                job.Abandon();
            }
        }
    }

    private void Forget(OpenJob job)
    {
        if (_open.TryGetValue(job.Id, out var known) && ReferenceEquals(known, job))
        {
            _open.Remove(job.Id);
        }
    }

    // The loop serves whoever comes, so it must not run in the context of whoever came first.
    private void Start(OpenJob job)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => PollAsync(job));
        }
    }

    private async Task PollAsync(OpenJob job)
    {
        try
        {
            Telemetry.OpenJobs.Add(1);
            await PollUntilEndAsync(job).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (job.Abandoned.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (Exception e)
        {
            lock (_open)
            {
                Forget(job);
                job.End(WithJobId(e, job.Id));
            }
        }
        finally
        {
            Telemetry.OpenJobs.Add(-1);
        }
    }

    private async Task PollUntilEndAsync(OpenJob job)
    {
        var begun = clock.GetTimestamp();
        var failures = 0;
        while (true)
        {
            // Taken before the look, so that news that come during it count.
            var news = job.News;
            TimeSpan pace;
            try
            {
                var snapshot = await calls.AskAsync(job.Id, clock.GetElapsedTime(begun), PollOptions, job.Abandoned).ConfigureAwait(false);
                if (Publish(job, snapshot))
                {
                    return;
                }

                failures = 0;
                pace = PollPace.Next(clock.GetElapsedTime(begun), job.ExpectsWebhook, random());
            }
            catch (SixtyfourException e) when (IsPassing(e, clock.GetElapsedTime(begun)))
            {
                Log.PollFailed(logger, job.Id, e.GetType().Name);
                pace = PollPace.AfterFailure(++failures, (e as RateLimitedException)?.RetryAfter, random());
            }

            await WaitAsync(pace, news, job.Abandoned).ConfigureAwait(false);
        }
    }

    private static RequestOptions PollOptions { get; } = new() { MaxRetries = 0 };

    private bool Publish(OpenJob job, JobSnapshot snapshot)
    {
        Log.JobSeen(logger, job.Id, snapshot.Status.Value, snapshot.Elapsed);
        if (snapshot is { Status.IsTerminal: true, ChargeCents: { } cents })
        {
            Telemetry.ChargedCents.Add((double)cents, new KeyValuePair<string, object?>(Telemetry.RouteTag, snapshot.TaskType));
        }

        lock (_open)
        {
            if (snapshot.Status.IsTerminal)
            {
                Forget(job);
            }

            job.Publish(snapshot);
        }

        return snapshot.Status.IsTerminal;
    }

    private async Task WaitAsync(TimeSpan pace, Task news, CancellationToken abandoned)
    {
        using var early = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
        var delay = clock.Delay(pace, early.Token);
        await Task.WhenAny(delay, news).ConfigureAwait(false);
        early.Cancel();
        abandoned.ThrowIfCancellationRequested();
    }

    // Whatever ends a wait, a vault that gives no key included, says which job is still there to be waited for.
    private static Exception WithJobId(Exception e, string jobId) => e is SixtyfourException
        ? e
        : new ConnectionFailedException($"Job {jobId} could not be asked about ({e.GetType().Name}). It goes on: wait again when the cause is mended.", e) { JobId = jobId };

    private static bool IsPassing(SixtyfourException failure, TimeSpan age) => failure switch
    {
        SixtyfourApiException api => (int)api.StatusCode switch
        {
            408 or 429 or >= 500 => true,
            404 => age < MayBeUnknownFor,
            _ => false,
        },
        ConnectionFailedException or OutcomeUnknownException or DeadlineExceededException => true,
        _ => false,
    };
}
