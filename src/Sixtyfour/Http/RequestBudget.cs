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

            var slot = new Slot(clock, clock.GetTimestamp());
            _held.Add(slot);
            return slot;
        }
        finally
        {
            _door.Release();
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
        if (_held.Count < limit)
        {
            return null;
        }

        var now = clock.GetTimestamp();
        _held.RemoveAll(slot => slot.FreeIn(now) <= TimeSpan.Zero);
        return _held.Count < limit ? null : _held.Min(slot => slot.FreeIn(now));
    }

    /// <summary>The right to send one request.</summary>
    internal sealed class Slot(TimeProvider clock, long taken)
    {
        private const long Unknown = -1;
        private const long Unused = -2;
        private long _countedAfter = LatestCount.Ticks;

        /// <summary>An upload begins: nobody knows yet when it will have been sent.</summary>
        public void Uploading() => Volatile.Write(ref _countedAfter, Unknown);

        /// <summary>The last byte of the upload has left.</summary>
        public void Uploaded() => Volatile.Write(ref _countedAfter, (clock.GetElapsedTime(taken) + LatestCount).Ticks);

        /// <summary>The request was answered, or failed: the service must have counted it by now.</summary>
        public void Answered()
        {
            var elapsed = clock.GetElapsedTime(taken).Ticks;
            var counted = Volatile.Read(ref _countedAfter);
            if (counted is Unknown || elapsed < counted)
            {
                Volatile.Write(ref _countedAfter, elapsed);
            }
        }

        /// <summary>Nothing was sent.</summary>
        public void GiveBack() => Volatile.Write(ref _countedAfter, Unused);

        /// <summary>For an upload that is under way: at least.</summary>
        public TimeSpan FreeIn(long now) => Volatile.Read(ref _countedAfter) switch
        {
            Unused => TimeSpan.Zero,
            Unknown => Window,
            var counted => TimeSpan.FromTicks(counted) + Window - clock.GetElapsedTime(taken, now),
        };
    }
}
