using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sixtyfour;

/// <summary>
/// Endpoints that this SDK does not know yet: key, request limit, errors and the rules for paid calls apply. For calling and faking, not for implementing: it
/// may gain members in a minor version.
/// </summary>
public interface IRawClient
{
    /// <summary>Sends one request and reads its JSON answer. The service charges what the endpoint costs.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below the endpoint, with its query if any: <c>/brand-new?limit=5</c>. Ids in it must be escaped.</param>
    /// <param name="body">The JSON body. Methods other than GET are sent <c>{}</c> when there is none.</param>
    /// <param name="options">
    /// Whether it may be sent twice, and settings of this call. By default a GET has the time limits of a quick call, anything else those of an agent call.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The path is absolute or empty, or a GET has a body; nothing was sent.</exception>
    /// <exception cref="SixtyfourException">The call failed; see the page on errors and retries.</exception>
    Task<RawResponse> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, RawOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>Settings of a raw call.</summary>
public sealed class RawOptions : RequestOptions
{
    /// <summary>Whether sending the request twice costs and changes no more than sending it once.</summary>
    /// <value><see langword="null"/>: true for GET only; anything else is never sent again once sending its body has begun.</value>
    public bool? IsRepeatable { get; set; }

    /// <summary>Sent as <c>Idempotency-Key</c>. Also set <see cref="IsRepeatable"/> where the endpoint honors it.</summary>
    /// <value><see langword="null"/>: none. 1 to 255 printable ASCII characters.</value>
    public string? IdempotencyKey { get; set; }
}

/// <summary>The answer to a raw call.</summary>
/// <param name="info">Status and headers.</param>
/// <param name="json">The body.</param>
public sealed class RawResponse(ResponseInfo info, JsonElement json)
{
    /// <summary>Status and headers.</summary>
    public ResponseInfo Info { get; } = info ?? throw new ArgumentNullException(nameof(info));

    /// <summary>The unchanged body; <see cref="JsonValueKind.Undefined"/> when it was empty.</summary>
    public JsonElement Json { get; } = json;

    /// <summary>Shows status and request id, and no values.</summary>
    public override string ToString() => Info.ToString();
}
