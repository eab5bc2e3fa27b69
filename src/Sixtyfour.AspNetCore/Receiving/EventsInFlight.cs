namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>The deliveries being handled in this process. A duplicate of one that is being handled gets the same outcome.</summary>
internal sealed class EventsInFlight
{
    private readonly Dictionary<string, Task<Outcome>> _running = new(StringComparer.Ordinal);

    /// <summary>Runs, or joins the run of that key. A run stays registered until it has really ended, even when nothing waits for it any more.</summary>
    public (Task<Outcome> Run, bool IsDuplicate) Join(string key, Func<Task<Outcome>> run)
    {
        lock (_running)
        {
            if (_running.TryGetValue(key, out var running))
            {
                return (running, IsDuplicate: true);
            }

            var first = RunAsync(key, run);
            _running.Add(key, first);
            return (first, IsDuplicate: false);
        }
    }

    private async Task<Outcome> RunAsync(string key, Func<Task<Outcome>> run)
    {
        // On another thread: a handler that blocks must not delay the answers that wait for it, nor this lock.
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
