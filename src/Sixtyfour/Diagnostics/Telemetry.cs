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

    private static readonly Histogram<double> CallDuration =
        Meter.CreateHistogram<double>("sixtyfour.call.duration", "s", "How long calls took, all attempts and waits included.");

    private static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("sixtyfour.retries", "{retry}", "How often a request was sent again.");

    private static readonly Histogram<double> QueueDuration =
        Meter.CreateHistogram<double>("sixtyfour.queue.duration", "s", "How long requests waited for a permit of the request limit.");

    private static readonly UpDownCounter<long> OpenJobs =
        Meter.CreateUpDownCounter<long>("sixtyfour.jobs.open", "{job}", "How many jobs are being waited for.");

    private static readonly Counter<double> ChargedCents =
        Meter.CreateCounter<double>("sixtyfour.charged", "{cent}", "US cents charged, as far as the service said so.");

    public static void Called(TimeSpan time, string route, string outcome) =>
        Emit(CallDuration, static (to, value, tags) => to.Record(value, tags), time.TotalSeconds, new() { { RouteTag, route }, { OutcomeTag, outcome } });

    public static void Retried(string route, string error) =>
        Emit(Retries, static (to, value, tags) => to.Add(value, tags), 1, new() { { RouteTag, route }, { "error.type", error } });

    public static void Queued(TimeSpan time, string route) =>
        Emit(QueueDuration, static (to, value, tags) => to.Record(value, tags), time.TotalSeconds, new() { { RouteTag, route } });

    public static void JobsOpened(int change) => Emit(OpenJobs, static (to, value, tags) => to.Add(value, tags), change, default);

    /// <summary>What a call or a job was charged, where the service says so.</summary>
    public static void Charged(decimal? cents, string? route)
    {
        if (cents is { } charged)
        {
            Emit(ChargedCents, static (to, value, tags) => to.Add(value, tags), (double)charged, new() { { RouteTag, route } });
        }
    }

    private static void Emit<TInstrument, TValue>(TInstrument instrument, Action<TInstrument, TValue, TagList> emit, TValue value, TagList tags)
    {
        try
        {
            emit(instrument, value, tags);
        }
        catch (Exception)
        {
            // Listeners are the application's. One that throws must not cost a paid answer or a permit, and there is nowhere to report it.
        }
    }
}
