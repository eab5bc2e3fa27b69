using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Files;

/// <summary>The signed links to the files of one job. They live for some minutes; asking for the job brings fresh ones, for all its files at once.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that is only waited for holds nothing but memory.")]
internal sealed class FileLinks(string jobId, IReadOnlyList<FileEntry> first, FileDownloads files)
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Generation _now = new(first, files.Clock.GetTimestamp());

    public string JobId => jobId;

    /// <summary>What the service said last about a file, and which generation of links that belongs to.</summary>
    public (FileEntry? Entry, object Generation) Find(FileEntry file) => (_now.Find(file, first), _now);

    /// <summary>It would be refused.</summary>
    public bool IsOld(FileEntry file) =>
        _now.Find(file, first)?.LinkLifetime is { } lifetime && files.Clock.GetElapsedTime(_now.SeenAt) >= lifetime;

    /// <summary>Fetches fresh links, unless another reader has done so since.</summary>
    public async Task RenewAsync(object stale, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (ReferenceEquals(stale, _now))
            {
                _now = new(await files.AskAsync(jobId, cancellationToken).ConfigureAwait(false), files.Clock.GetTimestamp());
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed class Generation(IReadOnlyList<FileEntry> entries, long seenAt)
    {
        public long SeenAt => seenAt;

        // By name and stage; among several of both by their order.
        public FileEntry? Find(FileEntry file, IReadOnlyList<FileEntry> first)
        {
            var place = first.Where(other => AreAlike(other, file)).TakeWhile(other => !ReferenceEquals(other, file)).Count();
            return entries.Where(entry => AreAlike(entry, file)).ElementAtOrDefault(place);
        }

        private static bool AreAlike(FileEntry one, FileEntry other) => one.FileName == other.FileName && one.BlockNumber == other.BlockNumber;
    }
}
