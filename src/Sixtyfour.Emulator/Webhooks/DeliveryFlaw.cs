namespace Sixtyfour.Emulator.Webhooks;

/// <summary>What is wrong with an attempt to deliver a webhook.</summary>
internal enum DeliveryFlaw
{
    Dropped,
    Doubled,
    Delayed,
    Overtaken,
    Corrupted,
    Replayed,
}
