using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Http;

/// <summary>How many requests leave within a minute, over everything that uses one client. Whoever came first goes first.</summary>
/// <remarks>
/// A slot is held until a minute after the moment the service must have counted the request: when the reply came, but at most 5 seconds after sending, since
/// a synchronous call is silent for minutes and must not hold its slot as long.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Whoever waits at the door when the client is disposed must be able to leave; it holds nothing but memory.")]
internal sealed class RequestBudget(int? requestsPerMinute, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LatestCount = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _door = new(1);
    private readonly Queue<Slot> _held = new();

    /// <summary>Waits for a turn. Null when it would come later than <paramref name="longestWait"/>; then nothing was taken.</summary>
    public async ValueTask<Slot?> EnterAsync(TimeSpan longestWait, CancellationToken cancellationToken)
    {
        if (requestsPerMinute is not { } limit)
        {
            return new Slot(clock, clock.GetTimestamp());
        }

        if (TakeFree(limit) is { } free)
        {
            return free;
        }

        var asked = clock.GetTimestamp();
        if (!await TryReachDoorAsync(longestWait, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            while (UntilFree(limit) is { } wait)
            {
                if (longestWait != Timeout.InfiniteTimeSpan && clock.GetElapsedTime(asked) + wait > longestWait)
                {
                    return null;
                }

                await clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            }

            return Take();
        }
        finally
        {
            _door.Release();
        }
    }

    // Nobody is passed over: with somebody at the door the window is full, or that one takes the slot in this moment.
    private Slot? TakeFree(int limit)
    {
        lock (_held)
        {
            return _door.CurrentCount is 1 && UntilFree(limit) is null ? Take() : null;
        }
    }

    private Slot Take()
    {
        lock (_held)
        {
            var slot = new Slot(clock, clock.GetTimestamp());
            _held.Enqueue(slot);
            return slot;
        }
    }

    // Only one waits for a slot; the others queue at the door in the order they came.
    private async ValueTask<bool> TryReachDoorAsync(TimeSpan longestWait, CancellationToken cancellationToken)
    {
        if (_door.Wait(0, CancellationToken.None))
        {
            return true;
        }

        if (longestWait == Timeout.InfiniteTimeSpan)
        {
            await _door.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }

        using var limit = clock.CreateCancellationTokenSource(longestWait);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _door.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private TimeSpan? UntilFree(int limit)
    {
        lock (_held)
        {
            var now = clock.GetTimestamp();
            while (_held.Count > 0 && _held.Peek().FreeIn(now) <= TimeSpan.Zero)
            {
                _held.Dequeue();
            }

            return _held.Count < limit ? null : _held.Peek().FreeIn(now);
        }
    }

    /// <summary>The right to send one request.</summary>
    internal sealed class Slot(TimeProvider clock, long taken)
    {
        private readonly object _gate = new();
        private long _sent = taken;
        private bool _wasSent;
        private bool _isReturned;
        private TimeSpan _countedAfter = LatestCount;

        /// <summary>The request leaves now; the wait for a key may have come in between.</summary>
        public void Sending()
        {
            lock (_gate)
            {
                _wasSent = true;
                _sent = clock.GetTimestamp();
            }
        }

        /// <summary>The request was answered, or failed: the service must have counted it by now. One that was never sent gives its slot back.</summary>
        public void Answered()
        {
            lock (_gate)
            {
                _isReturned = !_wasSent;
                var elapsed = clock.GetElapsedTime(_sent);
                _countedAfter = elapsed < LatestCount ? elapsed : LatestCount;
            }
        }

        public TimeSpan FreeIn(long now)
        {
            lock (_gate)
            {
                return _isReturned ? TimeSpan.Zero : _countedAfter + Window - clock.GetElapsedTime(_sent, now);
            }
        }
    }
}
