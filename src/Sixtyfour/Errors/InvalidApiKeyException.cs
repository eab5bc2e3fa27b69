using System.Net;

namespace Sixtyfour;

/// <summary>The key is missing, wrong, revoked or expired (401). Nothing ran.</summary>
/// <param name="message">What the service said.</param>
public sealed class InvalidApiKeyException(string message) : SixtyfourApiException(HttpStatusCode.Unauthorized, message);
