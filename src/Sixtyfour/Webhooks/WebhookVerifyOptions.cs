namespace Sixtyfour;

/// <summary>How <see cref="SixtyfourWebhook.Verify"/> checks the time of a delivery.</summary>
public sealed class WebhookVerifyOptions
{
    /// <summary>How far the time in the signature may lie from now, in either direction; exactly as far still counts.</summary>
    /// <value>300 seconds (vendor's page on outgoing webhooks).</value>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero.</exception>
    public TimeSpan Tolerance
    {
        get;
        set => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The tolerance must not be less than zero.");
    }
    = TimeSpan.FromSeconds(300);

    /// <summary>The clock that says what now is.</summary>
    /// <value><see cref="TimeProvider.System"/></value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    }
    = TimeProvider.System;
}
