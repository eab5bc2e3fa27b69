namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>The deliveries being handled in this process. A twin of one that runs does not run: it gets the same outcome.</summary>
internal sealed class EventsInFlight
{
    private readonly Dictionary<string, Task<Outcome>> _running = new(StringComparer.Ordinal);

    /// <summary>Runs, or joins the run of that key. A run stays known until it has really ended, also when it is no longer waited for.</summary>
    public (Task<Outcome> Run, bool IsTwin) Join(string key, Func<Task<Outcome>> run)
    {
        lock (_running)
        {
            if (_running.TryGetValue(key, out var twin))
            {
                return (twin, IsTwin: true);
            }

            var first = RunAsync(key, run);
            _running.Add(key, first);
            return (first, IsTwin: false);
        }
    }

    private async Task<Outcome> RunAsync(string key, Func<Task<Outcome>> run)
    {
        // On another thread: a handler that blocks must not hold up the answers that wait for it, nor this lock.
        await Task.Yield();
        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            lock (_running)
            {
                _running.Remove(key);
            }
        }
    }
}
