using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;
using Sixtyfour.Jobs;

namespace Sixtyfour.Research;

/// <summary>
/// One many-run: reads inputs, starts jobs, waits for them, and yields the outcomes. The caller's pace bounds it; in every case each id that the service
/// returned goes through <c>OnStarted</c>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Jobs outlive the enumeration; nothing here has a timer or a handle.")]
internal sealed partial class ManyRun<TInput, TResult>
    where TResult : Enrichment
{
    // How long an ending run waits for the ids of starts that were sent.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    // Enough for a round trip or two; more would only increase the number of starts that a crash leaves in doubt.
    private const int MostStarting = 64;

    private readonly ResearchEndpoint _endpoint;
    private readonly ManyWork<TInput, TResult> _work;
    private readonly ManySettings<TInput> _settings;
    private readonly JobPoller _poller;
    private readonly ILogger _logger;
    private readonly OutcomeQueue<ManyOutcome<TInput, TResult>> _outcomes;
    private readonly CostLedger _costs;
    private readonly SemaphoreSlim _room;
    private readonly SemaphoreSlim _mayStart = new(MostStarting);
    private readonly PendingStarts _pendingStarts = new();
    private readonly ManyTally _tally;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _graceOver = new();
    private ExceptionDispatchInfo? _cause;
    private int _unfinished = 1;

    public ManyRun(ResearchEndpoint endpoint, ManyWork<TInput, TResult> work, ManySettings<TInput> settings)
    {
        (_endpoint, _work, _settings, _poller, _logger) = (endpoint, work, settings, endpoint.Poller, endpoint.Poller.Logger);
        _outcomes = new(settings.KeepInputOrder);
        _costs = new(settings.MaxCostCents, settings.CentsPerCall ?? work.DocumentedCents);
        _room = new(settings.MaxInFlight);
        _tally = new(settings.Progress, _poller.Clock, _logger);
    }

    public async IAsyncEnumerable<ManyOutcome<TInput, TResult>> RunAsync(
        IAsyncEnumerable<TInput> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var feeding = Task.Run(() => FeedAsync(inputs), CancellationToken.None);
        using var leaves = cancellationToken.Register(End);
        try
        {
            while (await _outcomes.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                while (_outcomes.TryTake(out var outcome))
                {
                    _room.Release();
                    yield return outcome!;
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            _cause?.Throw();
        }
        finally
        {
            End();
            _outcomes.Abandon(NotTaken);
            await CollectAsync(feeding).ConfigureAwait(false);
        }
    }

    // Thrown at the end. The first cause counts.
    private void SetCause(Exception cause) => Interlocked.CompareExchange(ref _cause, ExceptionDispatchInfo.Capture(cause), null);

    // No new starts; what is open goes on.
    private void Stop(Exception cause)
    {
        SetCause(cause);
        _stopping.CancelSafely(_logger);
    }

    private void End()
    {
        _stopping.CancelSafely(_logger);
        _ending.CancelSafely(_logger);
    }

    private async Task CollectAsync(Task feeding)
    {
        using var early = new CancellationTokenSource();
        var all = Task.WhenAll(feeding, _pendingStarts.EmptyAsync());
        if (!all.IsCompleted)
        {
            await Task.WhenAny(all, _poller.Clock.Delay(Grace, early.Token)).ConfigureAwait(false);
            early.Cancel();
        }

        if (all.IsCompleted)
        {
            return;
        }

        _graceOver.CancelSafely(_logger);
        foreach (var index in _pendingStarts.Left())
        {
            Log.StartLeftBehind(_logger, index, Grace);
        }

        if (!feeding.IsCompleted)
        {
            Log.InputsLeftBehind(_logger, Grace);
        }
    }

    private void Finished(long index, ManyOutcome<TInput, TResult>? outcome)
    {
        if (outcome is null)
        {
            _room.Release();
        }

        _outcomes.Add(index, outcome);
        FinishOne();
    }

    private void FinishOne()
    {
        if (Interlocked.Decrement(ref _unfinished) is 0)
        {
            _outcomes.Complete();
        }
    }
}

/// <summary>The starts in flight, so that the end of a run can wait for their ids.</summary>
internal sealed class PendingStarts
{
    private readonly HashSet<long> _pending = [];
    private TaskCompletionSource<bool>? _empty;

    public void Add(long index)
    {
        lock (_pending)
        {
            _pending.Add(index);
        }
    }

    public void Remove(long index)
    {
        lock (_pending)
        {
            if (_pending.Remove(index) && _pending.Count is 0)
            {
                _empty?.TrySetResult(true);
                _empty = null;
            }
        }
    }

    public Task EmptyAsync()
    {
        lock (_pending)
        {
            return _pending.Count is 0 ? Task.CompletedTask : (_empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public long[] Left()
    {
        lock (_pending)
        {
            return [.. _pending.OrderBy(index => index)];
        }
    }
}
