using System.Threading.RateLimiting;

namespace Sixtyfour.Http.RateLimiting;

/// <summary>What the second gate gives, the application's own limiter: one for each request. It goes back once, however often it is disposed.</summary>
internal sealed class LimiterLease : IDisposable
{
    private RateLimitLease? _lease;

    private LimiterLease(RateLimitLease lease)
    {
        IsAcquired = lease.IsAcquired;
        RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;
        _lease = lease;
    }

    public bool IsAcquired { get; }

    /// <summary>When to ask again, where a limiter that refused says so.</summary>
    public TimeSpan? RetryAfter { get; }

    public static async ValueTask<LimiterLease> AskAsync(RateLimiter limiter, CancellationToken cancellationToken)
    {
        var asked = limiter.AcquireAsync(1, cancellationToken).AsTask();
        try
        {
            // The application's code may ignore the token it is given.
            return new(await asked.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // A lease that is granted now, or later, would be lost to the application.
            _ = asked.ContinueWith(granted => granted.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _lease, null)?.Dispose();
}
