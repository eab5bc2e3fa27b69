using System.Threading.RateLimiting;

namespace Sixtyfour.Tests.Support;

/// <summary>Grants every permit, except where asking or returning one throws, as a limiter does whose store is elsewhere.</summary>
internal sealed class FaultyLimiter(Func<int, Exception?>? asking = null, Func<int, Exception?>? returning = null) : RateLimiter
{
    private int _asked;

    public int Asked => Volatile.Read(ref _asked);

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new NotSupportedException();

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _asked);
        return asking?.Invoke(number) is { } failure ? ValueTask.FromException<RateLimitLease>(failure) : new(new Lease(returning?.Invoke(number)));
    }

    private sealed class Lease(Exception? failure) : RateLimitLease
    {
        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (failure is not null)
            {
                throw failure;
            }
        }
    }
}
