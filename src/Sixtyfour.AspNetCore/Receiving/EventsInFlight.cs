namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>The events being handled in this process. A twin of one that runs does not run: it gets the same outcome.</summary>
internal sealed class EventsInFlight
{
    private readonly Dictionary<string, Task<Outcome>> _running = new(StringComparer.Ordinal);

    /// <summary>Runs, or joins the run that shares one of the keys. A run stays known until it has really ended, also when nobody waits for it any more.</summary>
    public (Task<Outcome> Run, bool IsTwin) Join(string[] keys, Func<Task<Outcome>> run)
    {
        var outcome = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_running)
        {
            foreach (var key in keys)
            {
                if (_running.TryGetValue(key, out var twin))
                {
                    return (twin, IsTwin: true);
                }
            }

            foreach (var key in keys)
            {
                _running.Add(key, outcome.Task);
            }
        }

        _ = CompleteAsync(keys, run, outcome);
        return (outcome.Task, IsTwin: false);
    }

    private async Task CompleteAsync(string[] keys, Func<Task<Outcome>> run, TaskCompletionSource<Outcome> outcome)
    {
        // Set on every way out: a twin must not wait for a run that is gone.
        var ending = Outcome.HandlerFailed;
        try
        {
            // On a thread of its own: a handler that blocks must not hold up the answer of whoever waits for it.
            await Task.Yield();
            ending = await run().ConfigureAwait(false);
        }
        finally
        {
            lock (_running)
            {
                foreach (var key in keys)
                {
                    _running.Remove(key);
                }
            }

            outcome.SetResult(ending);
        }
    }
}
