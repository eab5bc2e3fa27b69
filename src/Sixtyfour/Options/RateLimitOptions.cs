using System.Threading.RateLimiting;

namespace Sixtyfour;

/// <summary>One request budget for calls and polls together, shared by everything that uses one client. Fixed at first use.</summary>
public sealed class RateLimitOptions
{
    /// <summary>How many requests may leave within a minute.</summary>
    /// <value>500, the vendor's limit per key (errors page). <see langword="null"/> turns the limit off.</value>
    public int? RequestsPerMinute { get; set; } = 500;

    /// <summary>How many bulk files may be submitted within a minute.</summary>
    /// <value>10, the vendor's limit per organization (bulk page). <see langword="null"/> turns the limit off.</value>
    public int? BulkSubmissionsPerMinute { get; set; } = 10;

    /// <summary>How long a request may queue for its turn before it fails with <see cref="RateLimitedException"/>, nothing sent.</summary>
    /// <value><see cref="Timeout.InfiniteTimeSpan"/>: until the call's own total limit. Zero fails at once instead of queueing.</value>
    public TimeSpan MaxWait { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// A second gate of your own, asked for one permit per request; for limits shared beyond this process. It stays yours to dispose. Where it refuses, calls fail
    /// with <see cref="RateLimitedException"/>; waits and many-runs ask again.
    /// </summary>
    /// <value>None.</value>
    public RateLimiter? Limiter { get; set; }
}
