using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour.Http;

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

    public string Origin => OriginOf(Link);

    /// <summary>The link leads to an origin that may see the key; then it is one of the service's requests and counts as one.</summary>
    public bool TakesKey { get; }

    public Download Download { get; }

    /// <summary>Scheme, host and port: what decides about the key, and all of an address that may be told.</summary>
    public static string OriginOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
