using Sixtyfour.Diagnostics;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Jobs;

internal sealed partial class JobPoller
{
    // Longer than the answer to a start usually takes; if it takes longer, polls go in the meantime.
    private static readonly TimeSpan ReservedStartTimeout = TimeSpan.FromSeconds(5);

    private int _reservedStarts;
    private TimeSpan _lastStart = TimeSpan.MinValue;

    /// <summary>Waits until the queue lets a start of a many-run go. The permit must be disposed.</summary>
    public async ValueTask<SendPermit> AcquireStartAsync(string route, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var begun = clock.GetTimestamp();
        var start = new PendingStart();
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw DisposedBeforeStart();
            }

            start.Place = _starts.AddLast(start);
            Wake();
        }

        using var cancellation = cancellationToken.Register(() => Leave(start, cancellationToken));
        var permit = await start.Task.ConfigureAwait(false);
        Telemetry.Queued(clock.GetElapsedTime(begun), route);
        return permit;
    }

    /// <summary>
    /// A start will follow as soon as one that is under way is answered. Until this is disposed, or for some seconds, its permit does not go to a poll.
    /// </summary>
    public StartReservation ReserveStart()
    {
        ChangeReservedStarts(1);
        return new(this);
    }

    private void ChangeReservedStarts(int by)
    {
        lock (_gate)
        {
            _reservedStarts += by;
            _run?.Changed.Set();
        }
    }

    private static ObjectDisposedException DisposedBeforeStart() => new(nameof(SixtyfourClient), "The client was disposed while jobs waited to be started.");

    private void Leave(PendingStart start, CancellationToken cancellationToken)
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

        CancelEnded();
        start.TrySetCanceled(cancellationToken);
    }

    internal readonly struct StartReservation(JobPoller poller) : IDisposable
    {
        public void Dispose() => poller.ChangeReservedStarts(-1);
    }

    /// <summary>A start that waits until the queue lets it go.</summary>
    private sealed class PendingStart() : TaskCompletionSource<SendPermit>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        /// <summary>Its place in the queue; null once it has left the queue.</summary>
        public LinkedListNode<PendingStart>? Place { get; set; }
    }
}
