using System.Net;

namespace Sixtyfour;

/// <summary>The balance does not cover the call (402): top up. Nothing ran and nothing was charged.</summary>
/// <param name="message">What the service said.</param>
public sealed class InsufficientCreditsException(string message) : SixtyfourApiException(HttpStatusCode.PaymentRequired, message);
