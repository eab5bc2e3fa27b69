using System.Threading.RateLimiting;

namespace Sixtyfour.Tests.Support;

/// <summary>Gives out permits one by one, so many a minute of the test's clock, and remembers which have not come back.</summary>
internal sealed class PacedLimiter(TimeProvider clock, int perMinute, bool queues) : RateLimiter
{
    private readonly object _gate = new();
    private DateTimeOffset _next;

    /// <summary>Permits that are out.</summary>
    public int Out { get; private set; }

    public int Refused { get; private set; }

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Take(TimeSpan.Zero) is null ? Granted() : new Lease(this, isAcquired: false);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        if (Take(queues ? TimeSpan.MaxValue : TimeSpan.Zero) is not { } wait)
        {
            lock (_gate)
            {
                Refused++;
            }

            return new Lease(this, isAcquired: false);
        }

        await Task.Delay(wait, clock, cancellationToken);
        return Granted();
    }

    // The wait until the permit, if it may be waited for.
    private TimeSpan? Take(TimeSpan longest)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var at = _next > now ? _next : now;
            if (at - now > longest)
            {
                return null;
            }

            _next = at + (TimeSpan.FromMinutes(1) / perMinute);
            return at - now;
        }
    }

    private Lease Granted()
    {
        lock (_gate)
        {
            Out++;
        }

        return new(this, isAcquired: true);
    }

    private sealed class Lease(PacedLimiter limiter, bool isAcquired) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (isAcquired)
            {
                lock (limiter._gate)
                {
                    // A permit that came back twice would show as well.
                    limiter.Out--;
                }
            }

            base.Dispose(disposing);
        }
    }
}
