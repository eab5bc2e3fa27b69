using System.Diagnostics;

namespace Sixtyfour.AspNetCore;

/// <summary>How webhooks are received. No API key is needed for it.</summary>
/// <remarks>All options can change while the application runs, from the next delivery on; a reload that fails validation is logged and ignored.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SixtyfourWebhookOptions
{
    /// <summary>The organization's signing secrets, <c>sk_whsec_</c> included: one, or two while a rotation overlaps. Blank entries are ignored.</summary>
    /// <value>Empty: every delivery is refused.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IList<string> WebhookSecrets { get; } = [];

    /// <summary>How far the time in a signature may differ from now, in either direction, inclusive.</summary>
    /// <value>300 seconds (vendor's page on outgoing webhooks). From zero to one day.</value>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>The longest body that is read, in bytes; a longer one is answered with 413.</summary>
    /// <value>10 MiB (10,485,760). From 1 to 256 MiB.</value>
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Accepts deliveries without verification while <see cref="WebhookSecrets"/> is empty. As soon as there is a secret this has no effect.</summary>
    /// <value>False. For development only: anyone who knows the address can then forge events.</value>
    public bool AllowUnsigned { get; set; }

    /// <summary>Problems of settings that could not be read; validation reports them beside values out of range.</summary>
    internal IList<string> Unreadable { get; } = [];

    /// <summary>Says how many secrets there are; never one of them.</summary>
    public override string ToString() => $"{nameof(SixtyfourWebhookOptions)} with {WebhookSecrets.Count} secret(s)";
}
