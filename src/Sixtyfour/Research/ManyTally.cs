using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Research;

/// <summary>Counts a run, and reports each change.</summary>
internal sealed class ManyTally(IProgress<ManyProgress>? progress, TimeProvider clock, ILogger logger)
{
    private readonly object _gate = new();
    private readonly long _begun = clock.GetTimestamp();
    private long _started;
    private long _open;
    private long _succeeded;
    private long _failed;
    private decimal _chargedCents;

    public void Started() => Update(() => _started++);

    public void Opened() => Update(() => _open++);

    public void NotStarted() => Update(() => _failed++);

    /// <param name="succeeded">Null when the run ended before the job.</param>
    /// <param name="charge">What it was charged.</param>
    public void Closed(bool? succeeded, decimal? charge) => Update(() =>
    {
        _open--;
        _succeeded += succeeded is true ? 1 : 0;
        _failed += succeeded is false ? 1 : 0;
        _chargedCents += charge ?? 0;
    });

    // Under the gate, so that reports come in order.
    private void Update(Action change)
    {
        if (progress is null)
        {
            return;
        }

        lock (_gate)
        {
            change();
            try
            {
                progress.Report(new()
                {
                    Started = _started,
                    Open = _open,
                    Succeeded = _succeeded,
                    Failed = _failed,
                    ChargedCents = _chargedCents,
                    Elapsed = clock.GetElapsedTime(_begun),
                });
            }
            catch (Exception e)
            {
                Log.CallbackFailed(logger, e);
            }
        }
    }
}
