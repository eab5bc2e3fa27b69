using System.Diagnostics.CodeAnalysis;
using System.Net;
using Sixtyfour.Http.Budget;

namespace Sixtyfour.Http;

/// <summary>
/// How many requests leave within a minute, over everything that uses one client: the gate around <see cref="BudgetState"/>. It keeps whoever waits in order,
/// has one timer while anybody waits and none otherwise, and completes nobody under its lock.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever waits when the client is disposed must be able to leave; the timer lives only as long as somebody waits.")]
internal sealed class RequestBudget
{
    // What a timer may be early, so that it is not set again and again for nothing.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly BudgetState? _state;
    private readonly TurnQueue _queue = new();
    private readonly long _origin;
    private ITimer? _timer;

    public RequestBudget(int? requestsPerMinute, TimeProvider clock, Func<double> random)
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

    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    /// <summary>Waits for a turn. Null when it would come, or comes, later than <paramref name="longestWait"/>; then nothing was taken.</summary>
    public ValueTask<Slot?> EnterAsync(TurnKind kind, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_state is null)
        {
            return new(new Slot(this, null));
        }

        TurnWaiter waiter;
        lock (_gate)
        {
            var now = Now;
            if (!_queue.IsAheadOf(kind) && _state.TryTake(now, kind is TurnKind.AgentCall, longestWait != TimeSpan.Zero, out _) is { } ticket)
            {
                _queue.Went(kind);
                return new(new Slot(this, ticket));
            }

            if (longestWait != Timeout.InfiniteTimeSpan && (longestWait <= TimeSpan.Zero || _state.EarliestTurn(now) - now > longestWait))
            {
                return new((Slot?)null);
            }

            _queue.Add(waiter = new(kind));
            Serve();
        }

        return WaitAsync(waiter, longestWait, cancellationToken);
    }

    private async ValueTask<Slot?> WaitAsync(TurnWaiter waiter, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        using var time = longestWait == Timeout.InfiniteTimeSpan ? null : _clock.CreateCancellationTokenSource(longestWait);
        using var late = time?.Token.Register(() => Leave(waiter, () => waiter.TrySetResult(null)));
        using var leaves = cancellationToken.Register(() => Leave(waiter, () => waiter.TrySetCanceled(cancellationToken)));
        return await waiter.Task.ConfigureAwait(false) is { } ticket ? new Slot(this, ticket) : null;
    }

    private void Leave(TurnWaiter waiter, Action end)
    {
        lock (_gate)
        {
            if (waiter.Place is null)
            {
                return;
            }

            TurnQueue.Remove(waiter);
            Serve();
        }

        end();
    }

    // Under the gate. Continuations of those who are served run elsewhere.
    private void Serve()
    {
        while (_queue.First is { } first)
        {
            var now = Now;
            if (_state!.TryTake(now, first.Kind is TurnKind.AgentCall, out var lookAgain) is not { } ticket)
            {
                SetTimer(lookAgain == TimeSpan.MaxValue ? LongestWait : lookAgain - now);
                return;
            }

            TurnQueue.Remove(first);
            _queue.Went(first.Kind);
            first.TrySetResult(ticket);
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

        // The timer serves whoever waits, so it must not run in the context of whoever came first.
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

    private ITimer CreateTimer(TimeSpan wait) => _clock.CreateTimer(static budget => ((RequestBudget)budget!).OnTimer(), this, wait, Timeout.InfiniteTimeSpan);

    private void OnTimer()
    {
        lock (_gate)
        {
            Serve();
        }
    }

    private void Sent(Ticket ticket)
    {
        lock (_gate)
        {
            _state!.Sent(ticket, Now);
        }
    }

    private void Uploading(Ticket ticket)
    {
        lock (_gate)
        {
            _state!.Uploading(ticket, Now);
            ServeWaiting();
        }
    }

    private void Answered(Ticket ticket, HttpResponseMessage response)
    {
        var notice = RateLimitNotice.Read(response.Headers);
        var isRefused = response.StatusCode is (HttpStatusCode)429;
        var hint = isRefused && response.Headers.RetryAfter is not null ? RetryHint.Read(response, _clock.GetUtcNow()) : null;
        lock (_gate)
        {
            if (isRefused)
            {
                _state!.Refused(ticket, Now, notice, hint);
            }
            else
            {
                _state!.Accepted(ticket, Now, notice);
            }

            ServeWaiting();
        }
    }

    private void End(Ticket ticket)
    {
        lock (_gate)
        {
            switch (ticket.State)
            {
                case TicketState.Reserved:
                    _state!.GiveBack(ticket);
                    break;
                case TicketState.Uploading or TicketState.Flying:
                    _state!.Lost(ticket, Now);
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

    /// <summary>The right to send one request. What is taken must be disposed; unsent, it goes back.</summary>
    internal readonly struct Slot(RequestBudget budget, Ticket? ticket) : IDisposable
    {
        /// <summary>The request leaves now.</summary>
        public void Sent()
        {
            if (ticket is not null)
            {
                budget.Sent(ticket);
            }
        }

        /// <summary>A body begins to leave that takes its time; <see cref="Sent"/> follows when its last byte has left.</summary>
        public void Uploading()
        {
            if (ticket is not null)
            {
                budget.Uploading(ticket);
            }
        }

        /// <summary>An answer began.</summary>
        public void Answered(HttpResponseMessage response)
        {
            if (ticket is not null)
            {
                budget.Answered(ticket, response);
            }
        }

        /// <summary>Nothing more will come of it.</summary>
        public void Dispose()
        {
            if (ticket is not null)
            {
                budget.End(ticket);
            }
        }
    }
}
