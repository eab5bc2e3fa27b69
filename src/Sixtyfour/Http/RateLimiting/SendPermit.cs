using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Http.RateLimiting;

/// <summary>
/// The right to send one request, within every limit it counts against. Its one owner disposes it; a permit that was not used is returned at once.
/// </summary>
/// <param name="limiter">Where its slot was taken.</param>
/// <param name="slot">Null without a limit.</param>
internal sealed class SendPermit(RequestLimiter limiter, Slot? slot) : IDisposable
{
    private SendPermit? _submission;
    private LimiterLease? _lease;

    /// <summary>Makes a permit of a narrower limit part of this one.</summary>
    public void Include(SendPermit? submission) => _submission = submission;

    /// <summary>Makes a lease of the application's limiter part of this one.</summary>
    public void Include(LimiterLease? lease) => _lease = lease;

    /// <summary>The request is sent now; since the permit was taken there may have been a wait for the key.</summary>
    /// <param name="isUpload">Sending takes an unknown time; <see cref="Sent"/> follows after its last byte.</param>
    public void Sending(bool isUpload)
    {
        _submission?.Sending(isUpload);
        if (!isUpload)
        {
            Sent();
        }
        else if (slot is not null)
        {
            limiter.Uploading(slot);
        }
    }

    /// <summary>The last byte was sent.</summary>
    public void Sent()
    {
        _submission?.Sent();
        if (slot is not null)
        {
            limiter.Sent(slot);
        }
    }

    /// <summary>An answer began. Headers and refusals concern the wider limit, but it is unknown which limit refused a submission.</summary>
    public void Answered(HttpResponseMessage response)
    {
        limiter.Answered(_submission is null || response.StatusCode is not (HttpStatusCode)429 ? slot : null, response);
    }

    public void Dispose()
    {
        if (slot is not null)
        {
            limiter.End(slot);
        }

        _submission?.Dispose();
        _lease?.Dispose();
    }
}

/// <summary>A lease of the second gate, the application's own limiter: one for each request. It is returned once, however often it is disposed.</summary>
internal sealed class LimiterLease : IDisposable
{
    private readonly ILogger _logger;
    private RateLimitLease? _lease;

    private LimiterLease(RateLimitLease lease, ILogger logger)
    {
        IsAcquired = lease.IsAcquired;
        RetryAfter = !IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;
        _lease = lease;
        _logger = logger;
    }

    public bool IsAcquired { get; }

    /// <summary>When to ask again, where a limiter that refused says so.</summary>
    public TimeSpan? RetryAfter { get; }

    public static async ValueTask<LimiterLease> AskAsync(RateLimiter limiter, ILogger logger, CancellationToken cancellationToken)
    {
        var asked = limiter.AcquireAsync(1, cancellationToken).AsTask();
        try
        {
            // The application's code may ignore the token it is given.
            return new(await asked.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false), logger);
        }
        catch (OperationCanceledException)
        {
            // A lease that is granted now, or later, would be lost to the application.
            _ = asked.ContinueWith(
                granted => Return(granted.Result, logger), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    public void Dispose() => Return(Interlocked.Exchange(ref _lease, null), _logger);

    // It is returned after the answer came, which may be paid for and must not be lost to code of the application.
    private static void Return(RateLimitLease? lease, ILogger logger)
    {
        try
        {
            lease?.Dispose();
        }
        catch (Exception e)
        {
            Log.CallbackFailed(logger, e);
        }
    }
}
