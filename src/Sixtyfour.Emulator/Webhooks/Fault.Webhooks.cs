using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Webhooks;

namespace Sixtyfour.Emulator;

// Webhooks are chosen by the path at which their job was started: Inject(Fault.DoublesTheWebhook(), "/enrich-lead-async").
public sealed partial class Fault
{
    internal DeliveryFlaw Flaw { get; private init; }

    internal TimeSpan DeliveryDelay { get; private init; }

    /// <summary>Delivers an event twice at the same time, with the same event id, as a sender may that cannot tell whether it was heard.</summary>
    public static Fault DoublesTheWebhook() => Spoils("doubled webhook", DeliveryFlaw.Doubled);

    /// <summary>Delivers an event late.</summary>
    /// <param name="wait">How much later, on the emulator's clock. The signature carries the time of sending.</param>
    public static Fault DelaysTheWebhook(TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        return new($"webhook {wait} late", FaultStage.Delivery) { Flaw = DeliveryFlaw.Delayed, DeliveryDelay = wait };
    }

    /// <summary>Holds an event back until another one has been delivered, or 30 seconds have passed on the emulator's clock.</summary>
    public static Fault ReordersTheWebhook() => Spoils("reordered webhook", DeliveryFlaw.Overtaken);

    /// <summary>Changes a letter of the body after it was signed.</summary>
    public static Fault CorruptsTheWebhook() => Spoils("corrupted webhook", DeliveryFlaw.Corrupted);

    /// <summary>Delivers an event, and once more under a new event id when it was taken: the id is not signed.</summary>
    public static Fault ReplaysTheWebhook() => Spoils("replayed webhook", DeliveryFlaw.Replayed);

    private static Fault Spoils(string name, DeliveryFlaw flaw) => new(name, FaultStage.Delivery) { Flaw = flaw };
}
