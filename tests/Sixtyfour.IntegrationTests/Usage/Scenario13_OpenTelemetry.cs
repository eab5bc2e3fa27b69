using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed class Scenario13_OpenTelemetry
{
    [Fact]
    public async Task Traces_and_metrics_need_only_the_one_name()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        using var sixtyfour = emulator.CreateClient();
        var spans = new Spans();
        var reader = new Reader();
        // a span per call, job and bulk run
        using var traces = Sdk.CreateTracerProviderBuilder().AddSource(SixtyfourTelemetry.Name).AddProcessor(spans).Build();
        // calls, retries, open jobs, queueing, cents
        using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter(SixtyfourTelemetry.Name).AddReader(reader).Build();
        var job = await sixtyfour.People.StartAsync<Founder>(Leads.Nadia, cancellationToken: ct);

        await job.WaitAsync(ct);

        metrics.ForceFlush();
        spans.Names.Should().Contain("sixtyfour people-intelligence-async").And.Contain("sixtyfour job-status").And.Contain($"sixtyfour job {job.Id}");
        reader.Names.Should().Contain(["sixtyfour.call.duration", "sixtyfour.queue.duration", "sixtyfour.jobs.open", "sixtyfour.charged"]);
    }

    private sealed class Spans : BaseProcessor<System.Diagnostics.Activity>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _names = new();

        public IEnumerable<string> Names => _names;

        public override void OnEnd(System.Diagnostics.Activity data) =>
            _names.Enqueue(data.OperationName is "sixtyfour job" ? $"{data.OperationName} {data.GetTagItem("sixtyfour.job.id")}" : data.OperationName);
    }

    private sealed class Exporter(List<string> names) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                names.Add(metric.Name);
            }

            return ExportResult.Success;
        }
    }

    private sealed class Reader : BaseExportingMetricReader
    {
        private readonly List<string> _names;

        public Reader()
            : this([])
        {
        }

        private Reader(List<string> names)
            : base(new Exporter(names)) => _names = names;

        public IReadOnlyList<string> Names => _names;
    }
}
