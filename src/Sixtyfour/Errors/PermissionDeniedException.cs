using System.Net;

namespace Sixtyfour;

/// <summary>The organization lacks access to what was asked for, such as a gated tier (403). Nothing ran.</summary>
/// <param name="message">What the service said.</param>
public sealed class PermissionDeniedException(string message) : SixtyfourApiException(HttpStatusCode.Forbidden, message);
