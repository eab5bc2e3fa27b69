using Sixtyfour.Diagnostics;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Jobs;

internal sealed partial class JobPoller
{
    private static readonly RequestOptions PollOptions = new() { MaxRetries = 0 };

    private bool _isFailing;
    private LoopRun? _run;

    // Under the gate.
    private void Wake()
    {
        if (_run is { } running)
        {
            running.Changed.Set();
            return;
        }

        var run = _run = new LoopRun(clock);
        // The loop serves all waits, so it must not run in the context of the first one.
        if (ExecutionContext.IsFlowSuppressed())
        {
            _ = Task.Run(() => RunAsync(run));
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(run));
        }
    }

    // Under the gate.
    private void SleepIfIdle()
    {
        if (_open.Count + _starts.Count is 0 && _run is { } run)
        {
            _run = null;
            _ended.Add(run.Stop);
        }
    }

    private async Task RunAsync(LoopRun run)
    {
        try
        {
            await PullAsync(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            // The last wait has ended.
        }
        catch (Exception fault)
        {
            // Waits must not go on without the loop.
            lock (_gate)
            {
                if (ReferenceEquals(_run, run))
                {
                    EndAll(jobId => PollFailures.WithJobId(fault, jobId), fault);
                }
            }

            CancelEnded();
        }
    }

    private async Task PullAsync(LoopRun run)
    {
        var stop = run.Stop.Token;
        while (!stop.IsCancellationRequested)
        {
            if (NextStep() is { Action: PollAction.Wait } wait)
            {
                await run.Changed.WaitAsync(wait.Until == TimeSpan.MaxValue ? TimeSpan.MaxValue : wait.Until - Now, stop).ConfigureAwait(false);
                continue;
            }

            var asked = clock.GetTimestamp();
            var permit = await permits.NextAsync(stop).ConfigureAwait(false);
            if (UsePermit(permit, stop))
            {
                Telemetry.Queued(clock.GetElapsedTime(asked), JobStatusCalls.Route);
            }
        }
    }

    private PollStep NextStep()
    {
        lock (_gate)
        {
            return Decide(Now);
        }
    }

    private PollStep Decide(TimeSpan now)
    {
        var startExpectedBy = _reservedStarts > 0 && _lastStart != TimeSpan.MinValue ? _lastStart + ReservedStartTimeout : now;
        var step = _queue.Next(now, _starts.Count > 0 || startExpectedBy > now, permits.RatePerMinute);
        return step.Action is PollAction.Start && _starts.Count is 0 ? PollStep.Wait(startExpectedBy) : step;
    }

    // What the permit was requested for may have been canceled or changed since. True for a poll; a start measures its own wait.
    private bool UsePermit(SendPermit permit, CancellationToken stop)
    {
        OpenJob? job = null;
        var isUsed = false;
        lock (_gate)
        {
            var step = stop.IsCancellationRequested ? PollStep.Wait(Now) : Decide(Now);
            if (step.Action is not PollAction.Wait)
            {
                _queue.Take(step);
            }

            if (step.Action is PollAction.Start)
            {
                var start = _starts.First!.Value;
                _starts.RemoveFirst();
                start.Place = null;
                _lastStart = Now;
                SleepIfIdle();
                isUsed = start.TrySetResult(permit);
            }

            if (step.Job is OpenJob next)
            {
                job = next;
                job.Polling = new();
            }
        }

        CancelEnded();
        if (job is not null)
        {
            _ = PollAsync(job, permit, job.Polling!);
            return true;
        }

        if (!isUsed)
        {
            permit.Dispose();
        }

        return false;
    }

    private async Task PollAsync(OpenJob job, SendPermit permit, CancellationTokenSource polling)
    {
        var sent = Now;
        try
        {
            var snapshot = await calls.GetAsync(job.Id, clock.GetElapsedTime(job.Joined), PollOptions, polling.Token, permit).ConfigureAwait(false);
            OnSnapshot(job, snapshot, sent);
        }
        catch (OperationCanceledException) when (polling.IsCancellationRequested)
        {
            // The last wait for it has ended.
        }
        catch (Exception e)
        {
            OnFailure(job, e);
        }
        finally
        {
            permit.Dispose();
        }
    }

    private void OnSnapshot(OpenJob job, JobSnapshot snapshot, TimeSpan sent)
    {
        Log.JobSeen(logger, job.Id, snapshot.Status.Value, snapshot.Elapsed);
        if (snapshot.Status.IsTerminal)
        {
            Telemetry.Charged(snapshot.ChargeCents, snapshot.TaskType);
        }

        lock (_gate)
        {
            _isFailing = false;
            job.Failures = null;
            job.Polling = null;
            if (snapshot.Status.IsTerminal)
            {
                _queue.Finished(job, Now, snapshot.Status.IsSuccess);
                Close(job);
                job.Publish(snapshot);
            }
            else
            {
                _queue.Unfinished(job, sent, StartOf(snapshot, sent));
                // Only a single wait sees every poll; a snapshot without a reader would take more memory than the rest of a job.
                if (job.IsSingleWait)
                {
                    job.Publish(snapshot);
                }
            }

            _run?.Changed.Set();
        }

        CancelEnded();
    }

    private void OnFailure(OpenJob job, Exception failure)
    {
        bool isFirstOfRow;
        var isTransient = false;
        lock (_gate)
        {
            job.Polling = null;
            // An outage is logged as one warning, however many jobs are open.
            isFirstOfRow = !_isFailing;
            _isFailing = true;
            if (failure is SixtyfourException known)
            {
                job.Failures ??= new(Now);
                job.Failures.Add(known);
                isTransient = job.Failures.IsTransient(clock.GetElapsedTime(job.Joined), Now, permits.HasBeenAnswered ? longestFailure : null);
            }

            if (isTransient)
            {
                _queue.Failed(job, Now + PollFailures.Pause(job.Failures!.Count, (failure as RateLimitedException)?.RetryAfter, random()));
                _run?.Changed.Set();
            }
            else
            {
                Close(job);
                job.End(PollFailures.WithJobId(failure, job.Id));
            }
        }

        if (isFirstOfRow)
        {
            Log.PollsBeganToFail(logger, job.Id, failure.Message);
        }
        else if (isTransient)
        {
            Log.PollFailed(logger, job.Id, failure.GetType().Name);
        }

        CancelEnded();
    }

    private TimeSpan? StartOf(JobSnapshot snapshot, TimeSpan sent) =>
        snapshot.StartedAt is { } started && clock.GetUtcNow() - started is var age && age > TimeSpan.Zero ? sent - age : null;

    /// <summary>The loop from its first wait to its last. Its token source has no timer and no handle, so there is nothing to dispose.</summary>
    private sealed class LoopRun(TimeProvider clock)
    {
        public AsyncSignal Changed { get; } = new(clock);

        public CancellationTokenSource Stop { get; } = new();
    }
}
