using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Http;

/// <summary>How many requests leave within a minute, over everything that uses one client. Whoever came first goes first.</summary>
/// <remarks>
/// A slot is held until a minute after the moment the service must have counted the request: when the reply came, but at most 5 seconds after sending, since
/// a synchronous call is silent for minutes and must not hold its slot as long. An upload has been sent when its last byte has left.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Whoever waits at the door when the client is disposed must be able to leave; it holds nothing but memory.")]
internal sealed class RequestBudget(int? requestsPerMinute, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LatestCount = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _door = new(1);
    private readonly List<Slot> _held = [];

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
            _held.Add(slot);
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

    // Not in the order they were taken: an upload may hold its slot longer than what came after it.
    private TimeSpan? UntilFree(int limit)
    {
        lock (_held)
        {
            if (_held.Count < limit)
            {
                return null;
            }

            var now = clock.GetTimestamp();
            _held.RemoveAll(slot => slot.FreeIn(now) <= TimeSpan.Zero);
            return _held.Count < limit ? null : _held.Min(slot => slot.FreeIn(now));
        }
    }

    /// <summary>The right to send one request.</summary>
    internal sealed class Slot(TimeProvider clock, long taken)
    {
        private readonly object _gate = new();
        private long _sent = taken;
        private bool _wasSent;
        private bool _isUploading;
        private bool _isReturned;
        private TimeSpan _countedAfter = LatestCount;

        /// <summary>The request leaves now; the wait for a key may have come in between.</summary>
        /// <param name="isUpload">It takes its time to leave, and nobody knows yet how long.</param>
        public void Sending(bool isUpload = false)
        {
            lock (_gate)
            {
                _wasSent = true;
                _isUploading = isUpload;
                _sent = clock.GetTimestamp();
            }
        }

        /// <summary>The last byte of the upload has left.</summary>
        public void Uploaded()
        {
            lock (_gate)
            {
                _isUploading = false;
                _countedAfter = clock.GetElapsedTime(_sent) + LatestCount;
            }
        }

        /// <summary>The request was answered, or failed: the service must have counted it by now. One that was never sent gives its slot back.</summary>
        public void Answered()
        {
            lock (_gate)
            {
                _isReturned = !_wasSent;
                var elapsed = clock.GetElapsedTime(_sent);
                _countedAfter = _isUploading || elapsed < _countedAfter ? elapsed : _countedAfter;
                _isUploading = false;
            }
        }

        /// <summary>Of an upload that is under way: not before.</summary>
        public TimeSpan FreeIn(long now)
        {
            lock (_gate)
            {
                return _isReturned ? TimeSpan.Zero
                    : _isUploading ? Window
                    : _countedAfter + Window - clock.GetElapsedTime(_sent, now);
            }
        }
    }
}
