namespace Sixtyfour.Emulator;

/// <summary>One attempt to deliver a webhook, as the emulator made it.</summary>
/// <param name="EventId">The value of <c>Sixtyfour-Event-Id</c>: the same for every attempt to deliver one event.</param>
/// <param name="EventType">The value of <c>Sixtyfour-Event-Type</c>.</param>
/// <param name="Attempt">The value of <c>Sixtyfour-Delivery-Attempt</c>: 1 to 6.</param>
/// <param name="Url">Where it went.</param>
public sealed record WebhookDelivery(string EventId, string EventType, int Attempt, Uri Url)
{
    /// <summary>The job that it reports.</summary>
    public string JobId { get; init; } = "";

    /// <summary>When it was sent, on the emulator's clock.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>How many signatures it carried: none without a secret, two while a rotation overlaps.</summary>
    public int Signatures { get; init; }

    /// <summary>The status it was answered with; null while it is unanswered, and when no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why no answer came; null when one did, or may still come.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether the receiver took it: any 2xx within 10 seconds.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>Kind, attempt and answer; never a body, a signature or the query of the address.</summary>
    public override string ToString() =>
        $"{EventType}, attempt {Attempt}: {StatusCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Failure ?? "under way"}";
}
