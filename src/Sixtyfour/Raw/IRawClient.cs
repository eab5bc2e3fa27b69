using System.Text.Json.Nodes;

namespace Sixtyfour;

/// <summary>
/// Endpoints this SDK does not know yet: key, request limit, errors and the rules for paid calls apply. For calling and faking, not for implementing: it may
/// gain members in a minor version.
/// </summary>
public interface IRawClient
{
    /// <summary>Sends one request and reads its JSON answer.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below the endpoint, with its query if any: <c>/brand-new?limit=5</c>. Ids in it must be escaped.</param>
    /// <param name="body">The JSON body. Methods other than GET are sent <c>{}</c> when there is none.</param>
    /// <param name="options">Whether it may be sent twice, and settings of this call. Without limits of its own a GET has those of a quick call, anything else those of an agent call.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The path is absolute or empty, or a GET has a body; nothing was sent.</exception>
    /// <exception cref="SixtyfourException">The call failed; see the page on errors and retries.</exception>
    Task<RawResponse> SendAsync(HttpMethod method, string path, JsonNode? body = null, RawOptions? options = null, CancellationToken cancellationToken = default);
}
