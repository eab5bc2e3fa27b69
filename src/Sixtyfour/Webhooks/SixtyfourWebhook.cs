using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;
using Sixtyfour.Webhooks;

namespace Sixtyfour;

/// <summary>
/// Verifies and reads the webhooks that the service sends, in any host. In ASP.NET Core the package <c>Sixtyfour.AspNetCore</c> does all of it.
/// </summary>
public static class SixtyfourWebhook
{
    private static readonly WebhookVerifyOptions s_defaults = new();

    /// <summary>Checks whether a delivery came from the service. Do this with the raw bytes, before anything reads them.</summary>
    /// <remarks>
    /// Every <c>v1</c> of the header is compared with every secret, in constant time; during a rotation there are two of each. The body is not copied.
    /// Without a secret nothing is accepted.
    /// </remarks>
    /// <param name="body">The body exactly as received.</param>
    /// <param name="signature">The value of the header <c>Sixtyfour-Signature</c>. Several values are joined by commas and refused.</param>
    /// <param name="secrets">The signing secrets, <c>sk_whsec_</c> included. Blank ones are ignored, and white space around one is trimmed.</param>
    /// <param name="options">Tolerance and clock; <see langword="null"/> for 300 seconds and the system's clock.</param>
    /// <exception cref="ArgumentNullException"><paramref name="secrets"/> is null.</exception>
    public static WebhookVerdict Verify(ReadOnlySpan<byte> body, string? signature, IEnumerable<string> secrets, WebhookVerifyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        options ??= s_defaults;

        // A blank secret is a setting that was never filled in; anyone could sign with it.
        var usable = secrets.Where(secret => !string.IsNullOrWhiteSpace(secret)).Select(secret => secret.Trim()).ToArray();
        if (usable.Length is 0)
        {
            return WebhookVerdict.NoSecretConfigured;
        }

        if (string.IsNullOrWhiteSpace(signature))
        {
            return WebhookVerdict.SignatureMissing;
        }

        if (!SignatureHeader.TryRead(signature!, out var header))
        {
            return WebhookVerdict.SignatureMalformed;
        }

        if ((options.TimeProvider.GetUtcNow() - header.SignedAt).Duration() > options.Tolerance)
        {
            return WebhookVerdict.TimestampOutsideTolerance;
        }

        return MatchesAny(header, body, usable) ? WebhookVerdict.Valid : WebhookVerdict.NoSignatureMatches;
    }

    /// <summary>Explains a verdict to an operator: what is wrong, and what to check.</summary>
    /// <param name="verdict">What <see cref="Verify"/> found.</param>
    /// <returns>One or two sentences in English; never a secret or a value of the delivery.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="verdict"/> is not a defined value.</exception>
    public static string Explain(WebhookVerdict verdict) => verdict switch
    {
        WebhookVerdict.NotVerified => "The delivery was not verified, so it cannot be trusted: call Verify with its raw bytes.",
        WebhookVerdict.Valid => "The signature is valid.",
        WebhookVerdict.NoSecretConfigured =>
            "No webhook secret is configured, so every delivery is refused: set WebhookSecrets to the organization's signing secret (sk_whsec_…).",
        WebhookVerdict.SignatureMissing =>
            "The request has no Sixtyfour-Signature header: it is not from the service, or a proxy removed the header, or the organization has no signing "
            + "secret, in which case deliveries are unsigned.",
        WebhookVerdict.SignatureMalformed =>
            "The Sixtyfour-Signature header is not of the form t=…,v1=…: it is not from the service, or a proxy changed or duplicated it.",
        WebhookVerdict.TimestampOutsideTolerance =>
            "The delivery was signed at a time too far from now: an old delivery was replayed, or the clock of this machine is wrong. "
            + "Check that it follows NTP.",
        WebhookVerdict.NoSignatureMatches =>
            "No configured secret made this signature: the secret was rolled and the new one is not configured here, or it belongs to another organization, "
            + "or something in transit changed the body. Verify the raw bytes, before any middleware reads or rewrites them.",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };

    /// <summary>Reads a delivery. Verify it first.</summary>
    /// <param name="body">The body; it may be reused afterwards.</param>
    /// <param name="typeInfoResolver">
    /// Where <see cref="JobCompletedEvent.ReadEnrichment{T}"/> finds the JSON contracts of your types: your <c>JsonSerializerContext</c>.
    /// <see langword="null"/>: reflection, where the application allows it.
    /// </param>
    /// <param name="headers">The headers of the delivery, as for <see cref="IJobsClient.Receive"/>.</param>
    /// <returns>
    /// A <see cref="JobCompletedEvent"/>, <see cref="JobFailedEvent"/>, <see cref="BulkCompletedEvent"/> or <see cref="WorkflowEvent"/>; any other
    /// JSON object is a <see cref="WebhookEvent"/> with its <see cref="WebhookEvent.Raw"/> body. Without <paramref name="headers"/>
    /// <see cref="WebhookEvent.EventType"/> and <see cref="WebhookEvent.DeliveryAttempt"/> are empty.
    /// </returns>
    /// <exception cref="InvalidResponseException">
    /// The body is not UTF-8, not a JSON object, or nested more than 64 levels deep. The message does not quote it.
    /// </exception>
    public static WebhookEvent Parse(ReadOnlyMemory<byte> body, IJsonTypeInfoResolver? typeInfoResolver = null, WebhookHeaders? headers = null) =>
        EventReader.Read(body, headers, typeInfoResolver is null ? null : new JsonContracts(typeInfoResolver));

    /// <summary>Signs a body as the service does, for tests.</summary>
    /// <param name="body">The body exactly as it is going to be sent.</param>
    /// <param name="secret">The secret, <c>sk_whsec_</c> included. White space around it is trimmed.</param>
    /// <param name="timestamp">The time of signing; fractions of a second are dropped.</param>
    /// <returns>The value of the header <c>Sixtyfour-Signature</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="secret"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timestamp"/> is before 1970.</exception>
    public static string Sign(ReadOnlySpan<byte> body, string secret, DateTimeOffset timestamp)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        var seconds = timestamp.ToUnixTimeSeconds();
        if (seconds < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "The time must not be before 1970.");
        }

        return SignatureHeader.Write(timestamp, Signature.Of(body, secret.Trim(), seconds.ToString(CultureInfo.InvariantCulture)));
    }

    // Does not stop at the first match, so that the duration does not reveal which secret matched.
    private static bool MatchesAny(SignatureHeader header, ReadOnlySpan<byte> body, string[] secrets)
    {
        var matches = false;
        foreach (var secret in secrets)
        {
            var expected = Signature.Of(body, secret, header.Timestamp);
            for (var i = 0; i < header.Count; i++)
            {
                matches |= CryptographicOperations.FixedTimeEquals(expected, header.Signature(i));
            }
        }

        return matches;
    }
}
