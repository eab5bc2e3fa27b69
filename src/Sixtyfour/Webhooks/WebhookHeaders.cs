namespace Sixtyfour;

/// <summary>The headers of a delivery. They are not signed: use them for routing and to recognize duplicates, never for trust.</summary>
public sealed class WebhookHeaders
{
    /// <summary>The name of the header to give to <see cref="SixtyfourWebhook.Verify"/>.</summary>
    public const string SignatureName = "Sixtyfour-Signature";

    private const int LongestValue = 200;

    /// <inheritdoc cref="WebhookEvent.EventId"/>
    public string? EventId { get; init; }

    /// <inheritdoc cref="WebhookEvent.EventType"/>
    public string? EventType { get; init; }

    /// <inheritdoc cref="WebhookEvent.DeliveryAttempt"/>
    public int DeliveryAttempt { get; init; }

    /// <summary>Reads the headers of a request. They are untrusted: a long value, or one with unprintable characters, counts as missing.</summary>
    /// <param name="find">Returns the value of a header by name, or null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="find"/> is null.</exception>
    public static WebhookHeaders Read(Func<string, string?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        return new()
        {
            EventId = Word(find("Sixtyfour-Event-Id")),
            EventType = Word(find("Sixtyfour-Event-Type")),
            DeliveryAttempt = int.TryParse(Word(find("Sixtyfour-Delivery-Attempt")), out var attempt) && attempt > 0 ? attempt : 0,
        };
    }

    /// <summary>Names the type only.</summary>
    public override string ToString() => nameof(WebhookHeaders);

    private static string? Word(string? value) =>
        value is { Length: > 0 and <= LongestValue } && value.All(c => c is > ' ' and <= '~') ? value : null;
}
