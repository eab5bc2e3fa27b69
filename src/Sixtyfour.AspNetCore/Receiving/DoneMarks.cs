using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Sixtyfour.AspNetCore.Diagnostics;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>Remembers which events were handled. A cache that fails costs at most a repetition, which is allowed; it never costs an event.</summary>
internal sealed class DoneMarks(IDistributedCache cache, TimeProvider clock, ILoggerFactory loggers)
{
    /// <summary>Longer than the sender goes on trying, as far as that is documented, and than the longest tolerance.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>For all reads of an event, and again for its writes: what is left of 8 seconds is the handler's.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly byte[] Mark = [1];

    private readonly ILogger _logger = loggers.CreateLogger(SixtyfourTelemetry.Name);

    public async Task<bool> HaveAnyAsync(EventKeys keys, WebhookEvent received, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            foreach (var key in keys.All())
            {
                // Waited for apart from the cache's own heed of the token: not every cache has one.
                if (await cache.GetAsync(key, either.Token).WaitAsync(either.Token).ConfigureAwait(false) is not null)
                {
                    return true;
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a cache throws: its kind is the application's choice.
            Log.MarksNotRead(_logger, e.GetType().Name, received.ToString());
        }

        return false;
    }

    public async Task SetAsync(EventKeys keys, WebhookEvent received)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
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
