using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>Downloads the files of finished jobs, and gets fresh links to them.</summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="status">Gets the status of a job as the service sends it.</param>
/// <param name="contracts">How rows are read as types.</param>
/// <param name="options">The origins that may see the key, and the clock.</param>
internal sealed class FileDownloads(
    Transport transport, Func<string, CancellationToken, Task<JsonElement>> status, JsonContracts contracts, SixtyfourClientOptions options)
{
    private readonly HashSet<string> _trusted =
        new(options.TrustedDownloadOrigins.Append(options.Endpoint).Select(Origin), StringComparer.OrdinalIgnoreCase);

    public TimeProvider Clock => options.TimeProvider;

    public JsonContracts Contracts => contracts;

    public async Task<IReadOnlyList<FileEntry>> AskAsync(string jobId, CancellationToken cancellationToken) =>
        FileEntry.ReadAll(await status(jobId, cancellationToken).ConfigureAwait(false));

    /// <summary>Downloads a file, or the rest of it.</summary>
    public Task DownloadAsync(string link, FileLabel file, Download download, CancellationToken cancellationToken)
    {
        var address = Address(link, file);
        return transport.DownloadAsync(new DownloadRequest(address, _trusted.Contains(Origin(address)), file.JobId ?? "", download), cancellationToken);
    }

    private Uri Address(string link, FileLabel file)
    {
        if (!Uri.TryCreate(options.Endpoint, link, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw file.Invalid("its link is not an http or https address");
        }

        return address.Scheme is "https" || address.IsLoopback || options.AllowInsecureEndpoint
            ? address
            : throw file.Invalid($"its link leads to {Origin(address)} without encryption. {nameof(SixtyfourClientOptions.AllowInsecureEndpoint)} allows that");
    }

    private static string Origin(Uri address) => SafeAddress.Origin(address);
}

/// <summary>
/// The signed links to the files of one job. They expire after some minutes; the status of the job has fresh ones, for all its files at once.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The gate holds nothing but memory.")]
internal sealed class FileLinks(string jobId, IReadOnlyList<FileEntry> first, FileDownloads files)
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Generation _now = new(first, files.Clock.GetTimestamp());

    public string JobId => jobId;

    /// <summary>The latest entry of a file, and the generation of links it belongs to.</summary>
    public (FileEntry? Entry, object Generation) Find(FileEntry file) => (_now.Find(file, first), _now);

    /// <summary>Whether the link has expired.</summary>
    public bool IsOld(FileEntry file) =>
        _now.Find(file, first)?.LinkLifetime is { } lifetime && files.Clock.GetElapsedTime(_now.SeenAt) >= lifetime;

    /// <summary>Gets fresh links, unless another reader has done so since.</summary>
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

        // By name and stage; files that share both by their order.
        public FileEntry? Find(FileEntry file, IReadOnlyList<FileEntry> first)
        {
            var place = first.Where(other => AreAlike(other, file)).TakeWhile(other => !ReferenceEquals(other, file)).Count();
            return entries.Where(entry => AreAlike(entry, file)).ElementAtOrDefault(place);
        }

        private static bool AreAlike(FileEntry one, FileEntry other) => one.FileName == other.FileName && one.BlockNumber == other.BlockNumber;
    }
}
