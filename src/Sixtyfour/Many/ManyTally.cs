using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Many;

/// <summary>Counts a run, and tells whoever wants to know.</summary>
internal sealed class ManyTally(IProgress<ManyProgress>? progress, TimeProvider clock, ILogger logger)
{
    private readonly object _gate = new();
    private readonly long _begun = clock.GetTimestamp();
    private ManyProgress _now = new(0, 0, 0, 0, 0, TimeSpan.Zero);

    public void Started() => Update(now => now with { Started = now.Started + 1 });

    public void Opened() => Update(now => now with { Open = now.Open + 1 });

    public void NotStarted() => Update(now => now with { Failed = now.Failed + 1 });

    /// <param name="succeeded">Null when it ended with the run.</param>
    /// <param name="charge">What it was charged.</param>
    public void Closed(bool? succeeded, decimal? charge) => Update(now => now with
    {
        Open = now.Open - 1,
        Succeeded = now.Succeeded + (succeeded is true ? 1 : 0),
        Failed = now.Failed + (succeeded is false ? 1 : 0),
        ChargedCents = now.ChargedCents + (charge ?? 0),
    });

    // Under the gate, so that reports come in order.
    private void Update(Func<ManyProgress, ManyProgress> change)
    {
        if (progress is null)
        {
            return;
        }

        lock (_gate)
        {
            _now = change(_now) with { Elapsed = clock.GetElapsedTime(_begun) };
            try
            {
                progress.Report(_now);
            }
            catch (Exception e)
            {
                Log.CallbackFailed(logger, e);
            }
        }
    }
}
