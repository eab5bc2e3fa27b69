namespace Sixtyfour.Webhooks;

/// <summary>What the headers of a delivery say. They are not signed: good for routing and for telling repetitions, never for trust.</summary>
internal readonly record struct DeliveryHeaders(string? EventId, string? EventType, int Attempt)
{
    public const string Signature = "Sixtyfour-Signature";
    public const string Id = "Sixtyfour-Event-Id";
    public const string Type = "Sixtyfour-Event-Type";
    public const string DeliveryAttempt = "Sixtyfour-Delivery-Attempt";
}
