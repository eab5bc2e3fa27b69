using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sixtyfour.Http.RateLimiting;

/// <summary>
/// Limits the requests a minute of everything that uses one client: the gate around <see cref="RequestLimit"/>. It keeps waiters in order, has one timer
/// while there are any and none otherwise, and runs no continuation under its lock.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Waiters must be able to cancel after the client is disposed; the timer exists only while they wait.")]
internal sealed class RequestLimiter
{
    // As much as a timer may fire early, so that it is not set again in vain.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly RequestLimit? _state;
    private readonly PermitQueue _queue = new();
    private readonly long _origin;
    private ITimer? _timer;
    private volatile bool _hasBeenAnswered;

    public RequestLimiter(int? requestsPerMinute, TimeProvider clock, Func<double> random)
    {
        _clock = clock;
        _origin = clock.GetTimestamp();
        _state = requestsPerMinute is { } limit ? new(limit, clock.GetUtcNow(), random) : null;
    }

    /// <summary>The requests a minute to plan with; infinite without a limit.</summary>
    public double RatePerMinute
    {
        get
        {
            lock (_gate)
            {
                return _state?.RatePerMinute(Now) ?? double.PositiveInfinity;
            }
        }
    }

    /// <summary>Whether any request of this client was answered.</summary>
    public bool HasBeenAnswered => _hasBeenAnswered;

    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    /// <summary>Waits for a permit. Null when it would come, or comes, later than <paramref name="longestWait"/>; then nothing was taken.</summary>
    public ValueTask<SendPermit?> AcquireAsync(PermitKind kind, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_state is null)
        {
            return new(new SendPermit(this, null));
        }

        PermitQueue.Waiter waiter;
        lock (_gate)
        {
            var now = Now;
            if (!_queue.MustQueue(kind) && _state.TryTake(now, kind is PermitKind.AgentCall, longestWait != TimeSpan.Zero, out _) is { } slot)
            {
                _queue.Granted(kind);
                return new(new SendPermit(this, slot));
            }

            if (longestWait != Timeout.InfiniteTimeSpan && (longestWait <= TimeSpan.Zero || _state.EarliestPermit(now) - now > longestWait))
            {
                return new((SendPermit?)null);
            }

            _queue.Add(waiter = new(kind));
            Serve();
        }

        return WaitAsync(waiter, longestWait, cancellationToken);
    }

    private async ValueTask<SendPermit?> WaitAsync(PermitQueue.Waiter waiter, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        using var time = longestWait == Timeout.InfiniteTimeSpan ? null : _clock.CreateCancellationTokenSource(longestWait);
        using var late = time?.Token.Register(() => Leave(waiter, () => waiter.TrySetResult(null)));
        using var leaves = cancellationToken.Register(() => Leave(waiter, () => waiter.TrySetCanceled(cancellationToken)));
        return await waiter.Task.ConfigureAwait(false) is { } slot ? new SendPermit(this, slot) : null;
    }

    private void Leave(PermitQueue.Waiter waiter, Action end)
    {
        lock (_gate)
        {
            if (waiter.Place is null)
            {
                return;
            }

            PermitQueue.Remove(waiter);
            Serve();
        }

        end();
    }

    // Under the gate. Continuations of waiters run elsewhere.
    private void Serve()
    {
        while (_queue.First is { } first)
        {
            var now = Now;
            if (_state!.TryTake(now, first.Kind is PermitKind.AgentCall, out var askAgain) is not { } slot)
            {
                SetTimer(askAgain == TimeSpan.MaxValue ? LongestWait : askAgain - now);
                return;
            }

            PermitQueue.Remove(first);
            _queue.Granted(first.Kind);
            first.TrySetResult(slot);
        }

        _timer?.Dispose();
        _timer = null;
    }

    private void SetTimer(TimeSpan wait)
    {
        wait = wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;
        if (_timer is not null)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            return;
        }

        // The timer serves all waiters, so it must not run in the context of the first one.
        if (ExecutionContext.IsFlowSuppressed())
        {
            _timer = CreateTimer(wait);
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            _timer = CreateTimer(wait);
        }
    }

    private ITimer CreateTimer(TimeSpan wait) =>
        _clock.CreateTimer(static limiter => ((RequestLimiter)limiter!).OnTimer(), this, wait, Timeout.InfiniteTimeSpan);

    private void OnTimer()
    {
        lock (_gate)
        {
            Serve();
        }
    }

    /// <summary>The request is sent now, or the last byte of its upload was.</summary>
    public void Sent(Slot slot)
    {
        lock (_gate)
        {
            _state!.Sent(slot, Now);
        }
    }

    /// <summary>An upload begins, which takes an unknown time.</summary>
    public void Uploading(Slot slot)
    {
        lock (_gate)
        {
            _state!.Uploading(slot, Now);
            ServeWaiting();
        }
    }

    /// <summary>An answer began.</summary>
    public void Answered(Slot? slot, HttpResponseMessage response)
    {
        _hasBeenAnswered = true;
        if (slot is null)
        {
            return;
        }

        var notice = RateLimitHeaders.Read(response.Headers);
        var isRefused = response.StatusCode is (HttpStatusCode)429;
        var hint = isRefused && response.Headers.RetryAfter is not null ? RetryHint.Read(response, _clock.GetUtcNow()) : null;
        lock (_gate)
        {
            if (isRefused)
            {
                _state!.Refused(slot, Now, notice, hint);
            }
            else
            {
                _state!.Accepted(slot, Now, notice);
            }

            ServeWaiting();
        }
    }

    /// <summary>Nothing more will happen to the request.</summary>
    public void End(Slot slot)
    {
        lock (_gate)
        {
            switch (slot.State)
            {
                case SlotState.Reserved:
                    _state!.GiveBack(slot);
                    break;
                case SlotState.Uploading or SlotState.InFlight:
                    _state!.Lost(slot, Now);
                    break;
                default:
                    return;
            }

            ServeWaiting();
        }
    }

    private void ServeWaiting()
    {
        if (!_queue.IsEmpty)
        {
            Serve();
        }
    }
}
