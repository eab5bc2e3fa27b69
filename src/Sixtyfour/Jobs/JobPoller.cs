using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http;

namespace Sixtyfour.Jobs;

/// <summary>Where waits come in. All of one client share one schedule, and each job is looked at once for all who wait for it.</summary>
internal sealed class JobPoller(JobStatusCalls calls, PollLoop loop, TimeProvider clock, ILogger logger) : IDisposable
{
    public ILogger Logger => logger;

    public TimeProvider Clock => clock;

    public static SixtyfourException Failure(JobSnapshot last) => last.Status.IsCanceled ? new JobCanceledException(last) : new JobFailedException(last);

    public Task<JobSnapshot> GetStatusAsync(string jobId, RequestOptions? options, CancellationToken cancellationToken) =>
        calls.AskAsync(jobId, elapsed: null, options, cancellationToken);

    public async IAsyncEnumerable<JobSnapshot> WatchAsync(JobWait wait, JobWaitOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new WaitLimit(wait.JobId, options?.Timeout, clock, cancellationToken);
        var (job, observation) = loop.Join(wait);
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
            loop.Leave(job, wait);
        }
    }

    /// <summary>Waits for the end alone; for jobs of a batch.</summary>
    public async Task<JobSnapshot> EndAsync(JobWait wait, CancellationToken cancellationToken)
    {
        using var limit = new WaitLimit(wait.JobId, limit: null, clock, cancellationToken);
        var (job, observation) = loop.Join(wait);
        try
        {
            do
            {
                observation = await limit.NextAsync(observation).ConfigureAwait(false);
            }
            while (!observation.Snapshot!.Status.IsTerminal);

            return observation.Snapshot;
        }
        finally
        {
            loop.Leave(job, wait);
        }
    }

    /// <summary>Waits until the schedule lets a start of many go. The turn must be disposed.</summary>
    public async ValueTask<Turn> StartTurnAsync(string route, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var turn = await loop.StartTurnAsync(cancellationToken).ConfigureAwait(false);
        Telemetry.Queued(clock.GetElapsedTime(begun), route);
        return turn;
    }

    /// <summary>A start is ready and will be asked for within a round trip.</summary>
    public PollLoop.StartToCome ExpectStart() => loop.ExpectStart();

    public void Notify(string jobId) => loop.Notify(jobId);

    public void Dispose() => loop.Dispose();
}
