using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>Fetches the files of finished jobs, and fresh links to them.</summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="status">Asks for the status of a job, as the service answers it.</param>
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

    /// <summary>Fetches a file, or what is left of it.</summary>
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
            : throw file.Invalid($"its link leads to {Origin(address)}, unencrypted. {nameof(SixtyfourClientOptions.AllowInsecureEndpoint)} allows that");
    }

    private static string Origin(Uri address) => SafeAddress.Origin(address);
}
