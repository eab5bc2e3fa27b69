using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Http;

/// <summary>A file that is being fetched: what has come so far, and what is needed to go on from there.</summary>
/// <param name="target">Where the bytes go; one that can seek.</param>
internal sealed class Download(Stream target)
{
    /// <summary>More is no result of a bulk file of 100 MB.</summary>
    public const long MaxBytes = 4L * 1024 * 1024 * 1024;

    // Less is no progress worth another round of retries.
    private const long Step = 64 * 1024;

    private long _furthest;

    public Stream Target => target;

    public long Received { get; private set; }

    /// <summary>How long the whole file is, when the service said so.</summary>
    public long? Length { get; private set; }

    /// <summary>The strong validator of what has come; without one nobody can tell whether the rest would fit to it.</summary>
    public string? Validator { get; private set; }

    /// <summary>Why the target took no more: fetching again would not help.</summary>
    public IOException? TargetFailure { get; private set; }

    /// <summary>False when the end of the file could not be told from a break.</summary>
    public bool IsEndCertain { get; private set; }

    public bool IsWhole { get; private set; }

    public bool CanResume => Received > 0 && Received < Length && Validator is not null;

    public void StartAnew(long? length = null, string? validator = null, bool isEndCertain = false)
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
            // A write that was cancelled may have left the place anywhere.
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

    public void End() => IsWhole = true;

    /// <summary>Whether the file has grown since it was asked last. What comes again after a new start is no growth.</summary>
    public bool HasGrown()
    {
        if (Received - _furthest < Step)
        {
            return false;
        }

        _furthest = Received;
        return true;
    }
}

/// <summary>Fetching of a file by its link. It only reads, so it can be sent again.</summary>
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

    /// <summary>The link leads to an origin that may see the key; then it is one of the service's requests and counts as one.</summary>
    public bool TakesKey { get; }

    public Download Download { get; }
}
