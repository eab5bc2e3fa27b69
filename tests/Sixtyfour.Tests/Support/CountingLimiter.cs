using System.Threading.RateLimiting;

namespace Sixtyfour.Tests.Support;

/// <summary>Gives out a number of permits and then none, with a hint of nine seconds.</summary>
internal sealed class CountingLimiter(int permits) : RateLimiter
{
    private int _left = permits;

    public bool IsDisposed { get; private set; }

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(Interlocked.Add(ref _left, -permitCount) >= 0);

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(AttemptAcquireCore(permitCount));

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private sealed class Lease(bool isAcquired) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? TimeSpan.FromSeconds(9) : null;
            return metadata is not null;
        }
    }
}
