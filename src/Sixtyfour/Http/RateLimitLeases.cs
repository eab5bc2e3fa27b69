using System.Threading.RateLimiting;

namespace Sixtyfour.Http;

/// <summary>The second gate: the application's own limiter, asked for one permit per request.</summary>
internal static class RateLimitLeases
{
    public static async ValueTask<RateLimitLease?> AcquireAsync(RateLimiter? limiter, Call call)
    {
        if (limiter is null)
        {
            return null;
        }

        var lease = await call.WithinLimitAsync(token => limiter.AcquireAsync(1, token), "a permit of the application's limiter").ConfigureAwait(false);
        if (lease.IsAcquired)
        {
            return lease;
        }

        var retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : (TimeSpan?)null;
        lease.Dispose();
        throw Refused(call, $"the limiter of the application ({nameof(RateLimitOptions)}.{nameof(RateLimitOptions.Limiter)}) gave no permit", retryAfter);
    }

    public static RateLimitedException Refused(Call call, string why, TimeSpan? retryAfter = null) =>
        new($"The request to /{call.Request.Route} was not sent: {why}.", retryAfter) { JobId = call.Request.JobId, Attempts = call.Attempts };
}
