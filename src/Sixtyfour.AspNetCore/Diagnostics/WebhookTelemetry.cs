using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sixtyfour.AspNetCore.Receiving;

namespace Sixtyfour.AspNetCore.Diagnostics;

/// <summary>The instruments of the receiver, on the meter of the SDK. Their names, units and tags are public: see the page on webhooks.</summary>
internal static class WebhookTelemetry
{
    private const string VerdictTag = "sixtyfour.webhook.verdict";
    private const string OutcomeTag = "sixtyfour.webhook.outcome";

    private static readonly Meter Meter = new(SixtyfourTelemetry.Name);

    private static readonly Counter<long> Deliveries =
        Meter.CreateCounter<long>("sixtyfour.webhook.deliveries", "{delivery}", "Deliveries of webhooks, by what verification found and how they ended.");

    private static readonly Histogram<double> HandlerDuration =
        Meter.CreateHistogram<double>("sixtyfour.webhook.handler.duration", "s", "How long the application's handler took.");

    /// <param name="verdict">Not verified when the body did not arrive completely.</param>
    /// <param name="outcome">How it ended.</param>
    public static void Received(WebhookVerdict verdict, Outcome outcome) =>
        Deliveries.Add(1, new TagList { { VerdictTag, Word(verdict) }, { OutcomeTag, Word(outcome) } });

    public static void Ran(TimeSpan elapsed, Outcome outcome) =>
        HandlerDuration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>(OutcomeTag, Word(outcome)));

    private static string Word(WebhookVerdict verdict) => verdict switch
    {
        WebhookVerdict.Valid => "valid",
        WebhookVerdict.NoSecretConfigured => "no_secret_configured",
        WebhookVerdict.SignatureMissing => "signature_missing",
        WebhookVerdict.SignatureMalformed => "signature_malformed",
        WebhookVerdict.TimestampOutsideTolerance => "timestamp_outside_tolerance",
        WebhookVerdict.NoSignatureMatches => "no_signature_matches",
        _ => "unchecked",
    };

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Handled => "handled",
        Outcome.Repeated => "repeated",
        Outcome.Refused => "refused",
        Outcome.Unreadable => "unreadable",
        Outcome.TooLarge => "too_large",
        Outcome.TooSlow => "too_slow",
        Outcome.SenderLeft => "sender_left",
        Outcome.HandlerFailed => "handler_failed",
        _ => "handler_timed_out",
    };
}
