using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sixtyfour.Diagnostics;

/// <summary>The instruments. Their names, units and tags are public: see the page on telemetry. No tag holds an input, an answer or a key.</summary>
internal static class Telemetry
{
    public const string RouteTag = "sixtyfour.route";
    public const string OutcomeTag = "sixtyfour.outcome";
    public const string AttemptsTag = "sixtyfour.attempts";
    public const string JobIdTag = "sixtyfour.job.id";
    public const string JobStatusTag = "sixtyfour.job.status";

    public static readonly ActivitySource Source = new(SixtyfourTelemetry.Name);

    private static readonly Meter Meter = new(SixtyfourTelemetry.Name);

    public static readonly Histogram<double> CallDuration =
        Meter.CreateHistogram<double>("sixtyfour.call.duration", "s", "How long calls took, all attempts and waits included.");

    public static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("sixtyfour.retries", "{retry}", "How often a request was sent again.");

    public static readonly Histogram<double> QueueDuration =
        Meter.CreateHistogram<double>("sixtyfour.queue.duration", "s", "How long requests waited for their turn within the request limit.");

    public static readonly UpDownCounter<long> OpenJobs =
        Meter.CreateUpDownCounter<long>("sixtyfour.jobs.open", "{job}", "How many jobs are being waited for.");

    public static readonly Counter<double> ChargedCents =
        Meter.CreateCounter<double>("sixtyfour.charged", "{cent}", "US cents charged, as far as the service said so.");
}
