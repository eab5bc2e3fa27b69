using System.Net;

namespace Sixtyfour;

/// <summary>The service refused the input (400, 413 or 422): correct it. Nothing ran and nothing was charged.</summary>
/// <param name="statusCode">400, 413 or 422; the service documents 400 and 422 for the same mistake.</param>
/// <param name="message">What the service said.</param>
public sealed class InvalidRequestException(HttpStatusCode statusCode, string message) : SixtyfourApiException(statusCode, message)
{
    /// <summary>What is wrong, field by field.</summary>
    /// <value>Empty where the service gave one sentence for the whole.</value>
    public IReadOnlyList<RequestError> Errors { get; init; } = [];
}

/// <summary>One thing the service found wrong with the input. Its text is the service's; the offending value is left out.</summary>
/// <param name="Path">Where, members joined with dots: <c>body.lead_info</c>.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record RequestError(string Path, string Message);
