using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Jobs;

/// <summary>Cancelling runs what the application has hung on the token; what of it throws must not keep the one who cancels from going on.</summary>
internal static class Announcements
{
    public static void Announce(this CancellationTokenSource source, ILogger logger)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException failures)
        {
            Log.CallbackFailed(logger, failures);
        }
    }
}
