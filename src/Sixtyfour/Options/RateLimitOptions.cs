using System.Threading.RateLimiting;

namespace Sixtyfour;

/// <summary>The limit of calls and polls together, shared by everything that uses one client. Fixed at first use.</summary>
public sealed class RateLimitOptions
{
    /// <summary>How many requests may be sent within a minute.</summary>
    /// <value>500, the vendor's limit per key (errors page). From 1 to 1,000,000; <see langword="null"/> (<c>off</c> in configuration) for no limit.</value>
    public int? RequestsPerMinute { get; set; } = 500;

    /// <summary>How many bulk files may be submitted within a minute.</summary>
    /// <value>10, the vendor's limit per organization (bulk page). From 1 to 1,000,000; <see langword="null"/> (<c>off</c>) for no limit.</value>
    public int? BulkSubmissionsPerMinute { get; set; } = 10;

    /// <summary>How long a request may wait for a permit before it fails with <see cref="RateLimitedException"/>, unsent.</summary>
    /// <value>
    /// <see cref="Timeout.InfiniteTimeSpan"/>: until the total limit of the call. From zero, which fails at once instead of waiting, to 49 days.
    /// </value>
    public TimeSpan MaxWait { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// A second limiter of your own, which has to grant one permit per request; for limits that are shared beyond this process. You dispose it. If it refuses,
    /// calls fail with <see cref="RateLimitedException"/>; waits and many-runs try again.
    /// </summary>
    /// <value>None.</value>
    public RateLimiter? Limiter { get; set; }
}
