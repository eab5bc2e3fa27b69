using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http;
using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Jobs;

/// <summary>
/// One loop for all waits of a client. It pulls: it waits for a turn, then decides what the turn is for, so that no request queues that has become pointless.
/// It begins with the first wait and ends with the last.
/// </summary>
internal sealed partial class PollLoop(JobStatusCalls calls, BackgroundTurns turns, TimeProvider clock, ILogger logger, Func<double> random) : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, OpenJob> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<StartTurn> _starts = new();
    private readonly List<CancellationTokenSource> _ended = [];
    private readonly PollQueue _queue = new(random);
    private readonly long _origin = clock.GetTimestamp();
    private int _startsToCome;
    private TimeSpan _lastStart = TimeSpan.MinValue;
    private LoopRun? _run;
    private bool _isDisposed;

    private static RequestOptions PollOptions { get; } = new() { MaxRetries = 0 };

    private TimeSpan Now => clock.GetElapsedTime(_origin);

    public (OpenJob Job, Observation BeforeLast) Join(JobWait wait)
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

    public void Leave(OpenJob job, JobWait wait)
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

        CancelWhatEnded();
    }

    public void Notify(string jobId)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(jobId, out var job))
            {
                job.WebhookCame();
                _queue.Notify(job, Now);
                _run?.Alarm.Ring();
            }
        }
    }

    /// <summary>Waits until a start may go; its turn must be disposed.</summary>
    public async ValueTask<Turn> StartTurnAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new StartTurn();
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw DisposedBeforeStart();
            }

            start.Place = _starts.AddLast(start);
            Wake();
        }

        using var leaves = cancellationToken.Register(() => Leave(start, cancellationToken));
        return await start.Task.ConfigureAwait(false);
    }

    /// <summary>A start will be asked for as soon as one that is under way was answered; until this is disposed, or for some seconds, no turn of it goes to a look.</summary>
    public StartToCome ExpectStart()
    {
        ChangeStartsToCome(1);
        return new(this);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            EndAll(Disposed, DisposedBeforeStart());
        }

        CancelWhatEnded();
    }

    private void ChangeStartsToCome(int by)
    {
        lock (_gate)
        {
            _startsToCome += by;
            _run?.Alarm.Ring();
        }
    }

    private static ObjectDisposedException Disposed(string jobId) =>
        new(nameof(SixtyfourClient), $"The client was disposed while job {jobId} was waited for. The job goes on: wait for it with another client.");

    private static ObjectDisposedException DisposedBeforeStart() => new(nameof(SixtyfourClient), "The client was disposed while jobs waited to be started.");

    private void Leave(StartTurn start, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (start.Place is null)
            {
                return;
            }

            _starts.Remove(start.Place);
            start.Place = null;
            SleepIfIdle();
        }

        CancelWhatEnded();
        start.TrySetCanceled(cancellationToken);
    }

    // Everything below that touches jobs, starts or schedule is called under the gate.
    private void Close(OpenJob job)
    {
        if (_open.TryGetValue(job.Id, out var known) && ReferenceEquals(known, job))
        {
            _open.Remove(job.Id);
            _queue.Remove(job);
            Telemetry.JobsOpened(-1);
            if (job.Asking is { } asking)
            {
                _ended.Add(asking);
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

    private void SleepIfIdle()
    {
        if (_open.Count + _starts.Count is 0 && _run is { } run)
        {
            _run = null;
            _ended.Add(run.Stop);
        }
    }

    // Not under the gate: cancelling runs other people's code.
    private void CancelWhatEnded()
    {
        CancellationTokenSource[] ended;
        lock (_gate)
        {
            ended = [.. _ended];
            _ended.Clear();
        }

        foreach (var one in ended)
        {
            one.Announce(logger);
        }
    }

    private void Wake()
    {
        if (_run is { } running)
        {
            running.Alarm.Ring();
            return;
        }

        var run = _run = new LoopRun(clock);
        // The loop serves whoever comes, so it must not run in the context of whoever came first.
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

    internal readonly struct StartToCome(PollLoop loop) : IDisposable
    {
        public void Dispose() => loop.ChangeStartsToCome(-1);
    }

    /// <summary>The loop from its first wait to its last. Its token source has no timer and no handle, so there is nothing to dispose.</summary>
    private sealed class LoopRun(TimeProvider clock)
    {
        public Alarm Alarm { get; } = new(clock);

        public CancellationTokenSource Stop { get; } = new();
    }
}
