using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Http;

/// <summary>A file that is being fetched: what has come so far, and what is needed to resume from there.</summary>
/// <param name="target">Where the bytes go; it must be seekable.</param>
internal sealed class Download(Stream target)
{
    /// <summary>A result of a bulk file of 100 MB cannot be larger.</summary>
    public const long MaxBytes = 4L * 1024 * 1024 * 1024;

    // Less progress does not justify another round of retries.
    private const long LeastProgress = 64 * 1024;

    private long _furthest;

    public Stream Target => target;

    public long Received { get; private set; }

    /// <summary>The length of the whole file, where the service sent it.</summary>
    public long? Length { get; private set; }

    /// <summary>The strong validator of what has come; without one it is unknown whether the rest belongs to the same file.</summary>
    public string? Validator { get; private set; }

    /// <summary>The media type of the last whole response, as the service sent it.</summary>
    public string? MediaType { get; set; }

    /// <summary>Why the target could not be written: fetching again would not help.</summary>
    public IOException? TargetFailure { get; private set; }

    /// <summary>False when the end of the file cannot be distinguished from a lost connection.</summary>
    public bool IsEndCertain { get; private set; }

    public bool IsWhole { get; private set; }

    public bool CanResume => Received > 0 && Received < Length && Validator is not null;

    public void Restart(long? length = null, string? validator = null, bool isEndCertain = false)
    {
        target.SetLength(0);
        target.Position = 0;
        Received = 0;
        Length = length;
        Validator = validator;
        IsEndCertain = isEndCertain;
        IsWhole = false;
    }

    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            // A canceled write may have left the position anywhere.
            target.Position = Received;
            await target.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            TargetFailure = e;
            throw;
        }

        Received += bytes.Length;
    }

    public void Complete() => IsWhole = true;

    /// <summary>Whether the file has grown since the last call. Bytes that come again after a restart do not count.</summary>
    public bool HasGrown()
    {
        if (Received - _furthest < LeastProgress)
        {
            return false;
        }

        _furthest = Received;
        return true;
    }
}

/// <summary>Fetches a file by its link. It only reads, so it can be sent again.</summary>
internal sealed class DownloadRequest : ApiRequest
{
    [SetsRequiredMembers]
    public DownloadRequest(Uri link, bool takesKey, string jobId, Download download)
        : base(HttpMethod.Get, path: "")
    {
        Link = link;
        TakesKey = takesKey;
        Download = download;
        JobId = jobId;
        Route = "bulk-file";
        IsRepeatable = true;
        Time = TimeoutKind.Quick;
    }

    /// <summary>Signed: its query is a secret.</summary>
    public Uri Link { get; }

    public string Origin => SafeAddress.Origin(Link);

    /// <summary>The link leads to an origin that may receive the key; then it counts against the request limit.</summary>
    public bool TakesKey { get; }

    public Download Download { get; }
}
