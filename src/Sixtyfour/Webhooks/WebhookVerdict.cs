namespace Sixtyfour;

/// <summary>What <see cref="SixtyfourWebhook.Verify"/> found. Only <see cref="Valid"/> may be acted on.</summary>
/// <remarks><see cref="SixtyfourWebhook.Explain"/> gives the sentence for a log.</remarks>
public enum WebhookVerdict
{
    /// <summary>Nothing was verified: the default, and never a reason to accept.</summary>
    NotVerified = 0,

    /// <summary>One of the secrets made one of the signatures, and the time is within the tolerance.</summary>
    Valid = 1,

    /// <summary>No secret is configured; nothing is accepted unverified.</summary>
    NoSecretConfigured,

    /// <summary>The header <c>Sixtyfour-Signature</c> is missing or blank.</summary>
    SignatureMissing,

    /// <summary>The header does not have the form <c>t=(seconds),v1=(64 hex digits)</c>, or is too long.</summary>
    SignatureMalformed,

    /// <summary>The delivery was signed too long ago, or in the future: a replayed delivery, or a wrong clock.</summary>
    TimestampOutsideTolerance,

    /// <summary>None of the secrets made any of the signatures over these bytes.</summary>
    NoSignatureMatches,
}

/// <summary>How <see cref="SixtyfourWebhook.Verify"/> checks the time of a delivery.</summary>
public sealed class WebhookVerifyOptions
{
    /// <summary>How far the time in the signature may differ from now, in either direction, inclusive.</summary>
    /// <value>300 seconds (vendor's page on outgoing webhooks).</value>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero.</exception>
    public TimeSpan Tolerance
    {
        get;
        set => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The tolerance must not be negative.");
    }
    = TimeSpan.FromSeconds(300);

    /// <summary>The clock.</summary>
    /// <value><see cref="TimeProvider.System"/></value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    }
    = TimeProvider.System;
}
