using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sixtyfour.Tests.Diagnostics;

/// <summary>Listeners hear the whole process, so what uses them runs while nothing else does.</summary>
[CollectionDefinition(CapturedTelemetry.Collection, DisableParallelization = true)]
public sealed class UsesTelemetry;

/// <summary>Everything the SDK emits besides logs.</summary>
internal sealed class CapturedTelemetry : IDisposable
{
    public const string Collection = "Telemetry";

    private readonly ConcurrentQueue<Activity> _activities = new();
    private readonly ConcurrentQueue<Measurement> _measurements = new();
    private readonly ActivityListener _spans;
    private readonly MeterListener _meters = new();

    public CapturedTelemetry()
    {
        _spans = new()
        {
            ShouldListenTo = source => source.Name == SixtyfourTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _activities.Enqueue,
        };
        ActivitySource.AddActivityListener(_spans);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SixtyfourTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => _measurements.Enqueue(new(instrument.Name, instrument.Unit, value, Tags(tags))));
        _meters.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => _measurements.Enqueue(new(instrument.Name, instrument.Unit, value, Tags(tags))));
        _meters.Start();
    }

    public IReadOnlyList<Activity> Activities => [.. _activities];

    public IReadOnlyList<Measurement> Measurements => [.. _measurements];

    /// <summary>All of it as one text, for a search.</summary>
    public string Text => string.Join("\n", Activities.Select(Describe).Concat(Measurements.Select(measurement => measurement.ToString())));

    public IEnumerable<Measurement> Of(string instrument) => Measurements.Where(measurement => measurement.Name == instrument);

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
    }

    private static string Describe(Activity activity) => string.Join(
        " ",
        new[] { activity.OperationName, activity.DisplayName, activity.StatusDescription, activity.TraceStateString }
            .Concat(activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))
            .Concat(activity.Events.SelectMany(e => e.Tags.Select(tag => $"{e.Name}.{tag.Key}={tag.Value}")))
            .Concat(activity.Baggage.Select(item => $"{item.Key}={item.Value}")));

    private static string Tags(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new List<string>();
        foreach (var (name, value) in tags)
        {
            texts.Add($"{name}={value}");
        }

        return string.Join(" ", texts);
    }
}

internal sealed record Measurement(string Name, string? Unit, double Value, string Tags);
