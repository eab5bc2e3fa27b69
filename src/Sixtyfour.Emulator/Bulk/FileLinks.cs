using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Signed links to files. They end after a while, on the emulator's clock.</summary>
internal sealed class FileLinks(Func<Uri> endpoint, TimeProvider clock, EmulatorOptions options)
{
    public const string Root = "/bulk-files/";

    private readonly byte[] _secret = Encoding.UTF8.GetBytes($"links of seed {options.Seed}");

    /// <summary>A link to a file.</summary>
    /// <param name="host">
    /// Under which name the client found the emulator: it may know no other, and sends its key to no other. Null: the emulator's own address.
    /// </param>
    /// <param name="jobId">The job that made the file.</param>
    /// <param name="file">The file.</param>
    public Uri To(string? host, string jobId, StageFile file)
    {
        var path = $"{Root}{jobId}/{file.Stage}/{Uri.EscapeDataString(file.Name)}";
        var expires = (clock.GetUtcNow() + options.LinkLifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return new(AddressFor(host).AbsoluteUri.TrimEnd('/') + path + $"?expires={expires}&signature={Signature(path, expires)}");
    }

    /// <summary>What an answer says about a file.</summary>
    public JsonObject Entry(EmulatorJob job, StageFile file, string? host) => new()
    {
        ["filename"] = file.Name,
        ["storage_bucket"] = "results",
        ["file_size"] = file.Content.Length,
        ["row_count"] = file.RowCount,
        ["block_number"] = file.Stage,
        ["created_at"] = job.FinishedAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["message"] = null,
        ["content_type"] = file.MediaType,
        ["download_url"] = To(host, job.Id, file).AbsoluteUri,
        ["download_expires_in_seconds"] = (long)options.LinkLifetime.TotalSeconds,
        ["results"] = file.Preview?.DeepClone(),
    };

    /// <summary>Null for a link that was never given out; otherwise whether it has expired.</summary>
    public bool? HasExpired(string path, string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        var expires = values.TryGetValue("expires", out var end) ? end.ToString() : "";
        var isOurs = values.TryGetValue("signature", out var signature) && signature.ToString() == Signature(path, expires);
        return isOurs ? clock.GetUtcNow().ToUnixTimeMilliseconds() >= long.Parse(expires, CultureInfo.InvariantCulture) : null;
    }

    private Uri AddressFor(string? host) =>
        host is not null && Uri.TryCreate($"http://{host}{endpoint().AbsolutePath}", UriKind.Absolute, out var address) ? address : endpoint();

    private string Signature(string path, string expires) => Convert.ToHexString(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(path + '\n' + expires)));
}
