namespace Sixtyfour.Emulator.Jobs;

/// <summary>The jobs by a key their caller gave them: an id of a start, of a search, of an upload. The content of a repeat does not matter.</summary>
internal sealed class JobsByKey
{
    private readonly object _gate = new();
    private readonly Dictionary<string, EmulatorJob> _jobs = new(StringComparer.Ordinal);

    /// <summary>The job of this id, begun now when there is none; null when it could not begin, and the id is then free again.</summary>
    public EmulatorJob? FindOrBegin(string id, Func<EmulatorJob?> begin)
    {
        // Held while the job begins: of two requests at once the second one finds what the first began.
        lock (_gate)
        {
            if (!_jobs.TryGetValue(id, out var job) && begin() is { } begun)
            {
                _jobs[id] = job = begun;
            }

            return job;
        }
    }

    public EmulatorJob? Find(string id)
    {
        lock (_gate)
        {
            return _jobs.GetValueOrDefault(id);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _jobs.Clear();
        }
    }
}
