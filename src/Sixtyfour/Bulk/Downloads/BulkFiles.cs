using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Fetches the files of finished jobs, and fresh links to them.</summary>
internal sealed class BulkFiles(Transport transport, JobStatusCalls calls, JsonContracts contracts, SixtyfourClientOptions options)
{
    private readonly HashSet<string> _trusted =
        new(options.TrustedDownloadOrigins.Append(options.Endpoint).Select(Origin), StringComparer.OrdinalIgnoreCase);

    public TimeProvider Clock => options.TimeProvider;

    public JsonContracts Contracts => contracts;

    public async Task<IReadOnlyList<BulkFileEntry>> AskAsync(string jobId, CancellationToken cancellationToken) =>
        BulkFileEntries.Read(await calls.AskAsync(jobId, elapsed: null, options: null, cancellationToken).ConfigureAwait(false));

    /// <summary>Fetches a file, or what is left of it.</summary>
    public Task DownloadAsync(string link, RowFile file, Download download, CancellationToken cancellationToken)
    {
        var address = Address(link, file);
        return transport.DownloadAsync(new DownloadRequest(address, _trusted.Contains(Origin(address)), file.JobId ?? "", download), cancellationToken);
    }

    private Uri Address(string link, RowFile file)
    {
        if (!Uri.TryCreate(options.Endpoint, link, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw file.Invalid("its link is no http or https address");
        }

        return address.Scheme is "https" || address.IsLoopback || options.AllowInsecureEndpoint
            ? address
            : throw file.Invalid($"its link leads to {Origin(address)}, unencrypted. {nameof(SixtyfourClientOptions.AllowInsecureEndpoint)} allows that");
    }

    private static string Origin(Uri address) => DownloadRequest.OriginOf(address);
}
