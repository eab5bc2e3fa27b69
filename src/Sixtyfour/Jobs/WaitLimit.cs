namespace Sixtyfour.Jobs;

/// <summary>What ends one wait before its job: the caller's token or the wait's own limit.</summary>
internal sealed class WaitLimit : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly string _jobId;
    private readonly TimeSpan? _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource? _time;
    private readonly CancellationTokenRegistration _callerLeaves;
    private readonly CancellationTokenRegistration _timePasses;
    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobSnapshot? _lastSeen;

    public WaitLimit(string jobId, TimeSpan? limit, TimeProvider clock, CancellationToken caller)
    {
        if (limit <= TimeSpan.Zero || limit > Longest)
        {
            throw new ArgumentException(
                $"{nameof(JobWaitOptions.Timeout)} is {limit}: it must be more than zero and at most {Longest}, or null to wait as long as the job runs.",
                nameof(limit));
        }

        _jobId = jobId;
        _limit = limit;
        _caller = caller;
        _time = limit is { } value ? clock.CreateCancellationTokenSource(value) : null;
        _callerLeaves = caller.Register(End);
        _timePasses = _time?.Token.Register(End) ?? default;
    }

    public async ValueTask<SnapshotNode> NextAsync(OpenJob job, SnapshotNode last)
    {
        _lastSeen = last.Snapshot ?? _lastSeen;
        if (!last.Next.IsCompleted)
        {
            await Task.WhenAny(last.Next, _over.Task).ConfigureAwait(false);
        }

        // What has been seen is worth more than a limit that passed at the same moment.
        return last.Next.IsCompleted ? await last.Next.ConfigureAwait(false) : throw Ended(job);
    }

    public void Dispose()
    {
        _callerLeaves.Dispose();
        _timePasses.Dispose();
        _time?.Dispose();
        _over.TrySetResult(false);
    }

    private void End() => _over.TrySetResult(true);

    private Exception Ended(OpenJob job) => _caller.IsCancellationRequested
        ? new OperationCanceledException($"Waiting for job {_jobId} was canceled. The job goes on: waiting again costs nothing.", _caller)
        : new JobStillRunningException(_jobId, _limit!.Value, _lastSeen, job.Failures?.Last);
}
