using System.Collections.Concurrent;

namespace Quickstart;

/// <summary>The jobs that were started and have not ended. An application keeps this in its database, beside the rows the jobs are about.</summary>
internal sealed class OpenJobs
{
    private readonly ConcurrentDictionary<string, string> _nameById = new(StringComparer.Ordinal);

    public bool IsEmpty => _nameById.IsEmpty;

    public IReadOnlyList<KeyValuePair<string, string>> All => [.. _nameById.OrderBy(job => job.Value, StringComparer.Ordinal)];

    public void Add(string jobId, string name) => _nameById[jobId] = name;

    public void Remove(string jobId) => _nameById.TryRemove(jobId, out _);
}
