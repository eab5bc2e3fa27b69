using Sixtyfour.Diagnostics;
using Sixtyfour.Http;
using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Jobs;

internal sealed partial class PollLoop
{
    // Longer than an answer to a start usually takes; when it takes more, there is time for looks.
    private static readonly TimeSpan StartsComeWithin = TimeSpan.FromSeconds(5);

    private async Task RunAsync(LoopRun run)
    {
        try
        {
            await PullAsync(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (Exception fault)
        {
            // Whoever waits must not wait for a loop that is gone.
            lock (_gate)
            {
                if (ReferenceEquals(_run, run))
                {
                    EndAll(jobId => PollFailures.WithJobId(fault, jobId), fault);
                }
            }

            CancelWhatEnded();
        }
    }

    private async Task PullAsync(LoopRun run)
    {
        var stop = run.Stop.Token;
        while (!stop.IsCancellationRequested)
        {
            if (NextStep() is { Action: PollAction.Wait } wait)
            {
                await run.Alarm.WaitAsync(wait.Until == TimeSpan.MaxValue ? TimeSpan.MaxValue : wait.Until - Now, stop).ConfigureAwait(false);
                continue;
            }

            var asked = clock.GetTimestamp();
            var turn = await turns.NextAsync(stop).ConfigureAwait(false);
            if (Use(turn, stop) is { } looked)
            {
                Telemetry.Queued(clock.GetElapsedTime(asked), looked);
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
        var comesBy = _startsToCome > 0 && _lastStart != TimeSpan.MinValue ? _lastStart + StartsComeWithin : now;
        var step = _queue.Next(now, _starts.Count > 0 || comesBy > now, turns.RatePerMinute);
        return step.Action is PollAction.Start && _starts.Count is 0 ? PollStep.Wait(comesBy) : step;
    }

    // What was worth a turn when it was asked for may have left or changed since. Returns the route of a look; a start counts its own waiting.
    private string? Use(Turn turn, CancellationToken stop)
    {
        OpenJob? job = null;
        CancellationTokenSource? asking = null;
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
                isUsed = start.TrySetResult(turn);
            }

            if (step.Job is OpenJob next)
            {
                job = next;
                job.Asking = asking = new();
            }
        }

        CancelWhatEnded();
        if (job is not null)
        {
            _ = AskAsync(job, turn, asking!);
            return JobStatusCalls.Route;
        }

        if (!isUsed)
        {
            turn.Dispose();
        }

        return null;
    }

    private async Task AskAsync(OpenJob job, Turn turn, CancellationTokenSource asking)
    {
        var asked = Now;
        var watched = clock.GetElapsedTime(job.Joined);
        try
        {
            var snapshot = await calls.AskAsync(job.Id, watched, PollOptions, asking.Token, turn).ConfigureAwait(false);
            Saw(job, snapshot, asked);
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (SixtyfourException e) when (PollFailures.IsPassing(e, clock.GetElapsedTime(job.Joined)))
        {
            Log.PollFailed(logger, job.Id, e.GetType().Name);
            Failed(job, (e as RateLimitedException)?.RetryAfter);
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                job.Asking = null;
                Close(job);
                job.End(PollFailures.WithJobId(e, job.Id));
            }

            CancelWhatEnded();
        }
        finally
        {
            turn.Dispose();
        }
    }

    private void Saw(OpenJob job, JobSnapshot snapshot, TimeSpan asked)
    {
        Log.JobSeen(logger, job.Id, snapshot.Status.Value, snapshot.Elapsed);
        if (snapshot is { Status.IsTerminal: true, ChargeCents: { } cents })
        {
            Telemetry.Charged(cents, snapshot.TaskType);
        }

        lock (_gate)
        {
            job.Failures = 0;
            job.Asking = null;
            if (snapshot.Status.IsTerminal)
            {
                _queue.Finished(job, Now, snapshot.Status.IsSuccess);
                Close(job);
                job.Publish(snapshot);
            }
            else
            {
                _queue.Unfinished(job, asked, StartOf(snapshot, asked));
                // Only who watches sees every look; a snapshot kept for nobody would cost more memory than all the rest of a job.
                if (job.IsSingleWait)
                {
                    job.Publish(snapshot);
                }
            }

            _run?.Alarm.Ring();
        }

        CancelWhatEnded();
    }

    private void Failed(OpenJob job, TimeSpan? hint)
    {
        lock (_gate)
        {
            job.Asking = null;
            _queue.Failed(job, Now + PollFailures.Pause(++job.Failures, hint, random()));
            _run?.Alarm.Ring();
        }
    }

    private TimeSpan? StartOf(JobSnapshot snapshot, TimeSpan asked) =>
        snapshot.StartedAt is { } started && clock.GetUtcNow() - started is var age && age > TimeSpan.Zero ? asked - age : null;
}
