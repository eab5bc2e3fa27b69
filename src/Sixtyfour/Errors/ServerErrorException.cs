using System.Net;

namespace Sixtyfour;

/// <summary>The service failed (5xx) and retries, where they are safe, did not help.</summary>
/// <param name="statusCode">500 or above.</param>
/// <param name="message">What the service said.</param>
public sealed class ServerErrorException(HttpStatusCode statusCode, string message) : SixtyfourApiException(statusCode, message);
