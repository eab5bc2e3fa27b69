using Sixtyfour.Emulator.Webhooks;

namespace Sixtyfour.Emulator;

public sealed partial class SixtyfourEmulator
{
    private readonly SigningSecrets _signingSecrets;
    private readonly WebhookSender _webhooks;

    /// <summary>The attempts to deliver webhooks, in order, dropped ones included. Each event has up to six.</summary>
    /// <remarks>
    /// An async job that was started with a <c>webhook_url</c> is reported when it ends; a cancelled one is not. Addresses of this machine need
    /// <see cref="EmulatorOptions.AllowsLocalWebhooks"/>. Deliveries are signed with the time of <see cref="Clock"/>: a receiver in the same process should
    /// live on it, too, when it is not the real one.
    /// </remarks>
    public IReadOnlyList<WebhookDelivery> Deliveries => _webhooks.Deliveries;

    /// <summary>Makes a new signing secret, the first one or the next. Without one deliveries are not signed.</summary>
    /// <param name="overlap">How long the old secret goes on signing beside the new one, on the emulator's clock: zero to 72 hours.</param>
    /// <returns>The new secret, <c>sk_whsec_</c> and 64 hex digits. It is shown nowhere else.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="overlap"/> is less than zero or more than 72 hours.</exception>
    public string RollWebhookSecret(TimeSpan overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, SigningSecrets.LongestOverlap);
        return (_signingSecrets.Roll(overlap) ?? _signingSecrets.Create()).Plaintext;
    }
}
