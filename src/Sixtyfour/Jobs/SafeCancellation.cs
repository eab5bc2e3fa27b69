using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Jobs;

/// <summary>Canceling runs callbacks that the application has registered on the token; one that throws is logged and stops nothing else.</summary>
internal static class SafeCancellation
{
    public static void CancelSafely(this CancellationTokenSource source, ILogger logger)
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
