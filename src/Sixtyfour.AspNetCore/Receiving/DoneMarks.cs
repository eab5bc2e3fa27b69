using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Sixtyfour.AspNetCore.Diagnostics;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>Remembers which events were handled. A cache that fails can only cause a repetition, which is allowed; it never loses an event.</summary>
internal sealed class DoneMarks(IDistributedCache cache, TimeProvider clock, ILoggerFactory loggers)
{
    /// <summary>Longer than the documented retries of the sender, and at least the longest tolerance.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>The time limit for all reads of an event, and again for its writes: the handler has the rest of the 8 seconds.</summary>
    private static readonly TimeSpan CacheTimeout = TimeSpan.FromSeconds(2);
    private static readonly byte[] Mark = [1];

    private readonly ILogger _logger = loggers.CreateLogger(SixtyfourTelemetry.Name);

    public async Task<bool> HaveAnyAsync(EventKeys keys, WebhookEvent received, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CacheTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            foreach (var key in keys.All())
            {
                // Not every cache honors the token, so the wait has its own.
                if (await cache.GetAsync(key, either.Token).WaitAsync(either.Token).ConfigureAwait(false) is not null)
                {
                    return true;
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Of any type: the application chooses the cache.
            Log.MarksNotRead(_logger, e.GetType().Name, received.ToString());
        }

        return false;
    }

    public async Task SetAsync(EventKeys keys, WebhookEvent received)
    {
        using var limit = new CancellationTokenSource(CacheTimeout, clock);
        try
        {
            foreach (var key in keys.All())
            {
                await cache.SetAsync(key, Mark, new() { AbsoluteExpirationRelativeToNow = KeptFor }, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Log.MarksNotWritten(_logger, e.GetType().Name, received.ToString());
        }
    }
}
