namespace Sixtyfour.Jobs;

/// <summary>What ends one wait before its job: the caller's token or the wait's own limit.</summary>
internal sealed class WaitLimit : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly string _jobId;
    private readonly TimeSpan? _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource? _time;
    private readonly CancellationTokenRegistration _onCancel;
    private readonly CancellationTokenRegistration _onTimeout;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
        _onCancel = caller.Register(End);
        _onTimeout = _time?.Token.Register(End) ?? default;
    }

    public async ValueTask<SnapshotNode> NextAsync(OpenJob job, SnapshotNode last)
    {
        _lastSeen = last.Snapshot ?? _lastSeen;
        if (!last.Next.IsCompleted)
        {
            await Task.WhenAny(last.Next, _ended.Task).ConfigureAwait(false);
        }

        // A snapshot takes precedence over a limit that passed at the same moment.
        return last.Next.IsCompleted ? await last.Next.ConfigureAwait(false) : throw Ended(job);
    }

    public void Dispose()
    {
        _onCancel.Dispose();
        _onTimeout.Dispose();
        _time?.Dispose();
        _ended.TrySetResult(false);
    }

    private void End() => _ended.TrySetResult(true);

    private Exception Ended(OpenJob job) => _caller.IsCancellationRequested
        ? new OperationCanceledException($"Waiting for job {_jobId} was canceled. The job goes on: waiting again costs nothing.", _caller)
        : new JobStillRunningException(_jobId, _limit!.Value, _lastSeen, job.Failures?.Last);
}
