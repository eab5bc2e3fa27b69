using System.Threading.RateLimiting;

namespace Sixtyfour.Http;

/// <summary>What the second gate gives, the application's own limiter: one for each request. It goes back once, however often it is disposed.</summary>
internal sealed class Permit(RateLimitLease lease) : IDisposable
{
    private RateLimitLease? _lease = lease;

    public static async ValueTask<Permit?> AcquireAsync(RateLimiter? limiter, Call call)
    {
        if (limiter is null)
        {
            return null;
        }

        var lease = await call.WithinLimitAsync(token => AskAsync(limiter, token), "a permit of the application's limiter").ConfigureAwait(false);
        if (lease.IsAcquired)
        {
            return new(lease);
        }

        var retryAfter = RetryAfter(lease);
        lease.Dispose();
        throw Refused(call, $"the limiter of the application ({nameof(RateLimitOptions)}.{nameof(RateLimitOptions.Limiter)}) gave no permit", retryAfter);
    }

    public static async ValueTask<RateLimitLease> AskAsync(RateLimiter limiter, CancellationToken cancellationToken)
    {
        var asked = limiter.AcquireAsync(1, cancellationToken).AsTask();
        try
        {
            // The application's code may ignore the token it is given.
            return await asked.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Granted at the last moment, or later: nobody takes it any more.
            _ = asked.ContinueWith(granted => granted.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    public static TimeSpan? RetryAfter(RateLimitLease refused) => refused.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;

    public static RateLimitedException Refused(Call call, string why, TimeSpan? retryAfter = null) =>
        new($"The request to /{call.Request.Route} was not sent: {why}.", retryAfter) { JobId = call.Request.JobId, Attempts = call.Attempts };

    public void Dispose() => Interlocked.Exchange(ref _lease, null)?.Dispose();
}
