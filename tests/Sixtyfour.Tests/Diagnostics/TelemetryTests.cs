using System.Diagnostics;
using System.Net;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Registration;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Diagnostics;

[Collection(CapturedTelemetry.Collection)]
public sealed class TelemetryTests : IDisposable
{
    private readonly CapturedTelemetry _telemetry = new();
    private readonly ScriptedHandler _handler = new();
    private readonly SixtyfourClient _sixtyfour;

    public TelemetryTests() => _sixtyfour = TestClients.Create(
        _handler, TimeProvider.System, o => (o.Retry.BaseDelay, o.Retry.MaxDelay) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _sixtyfour.Dispose();
        _telemetry.Dispose();
    }

    [Fact]
    public async Task A_call_is_a_span_that_names_route_attempts_and_outcome()
    {
        _handler.Answers("""{"structured_data":{}}""");

        await _sixtyfour.Leads.CallAsync();

        var span = _telemetry.Activities.Should().ContainSingle().Which;
        (span.OperationName, span.Kind, span.Status).Should().Be(("sixtyfour enrich-lead", ActivityKind.Client, ActivityStatusCode.Unset));
        Tags(span).Should().Equal("sixtyfour.attempts=1", "sixtyfour.outcome=success", "sixtyfour.route=enrich-lead");
    }

    [Fact]
    public async Task A_call_that_fails_is_a_span_with_an_error_that_names_its_type()
    {
        _handler.Answers(HttpStatusCode.Forbidden, """{"detail":"Nadia Okafor is not yours"}""");

        await FluentActions.Awaiting(() => _sixtyfour.Leads.CallAsync()).Should().ThrowAsync<PermissionDeniedException>();

        var span = _telemetry.Activities.Should().ContainSingle().Which;
        (span.Status, span.StatusDescription).Should().Be((ActivityStatusCode.Error, "PermissionDeniedException"));
        Tags(span).Should().Contain("sixtyfour.outcome=PermissionDeniedException");
    }

    [Fact]
    public async Task Retries_are_one_span_and_a_count_each()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "{}").Answers(HttpStatusCode.InternalServerError, "{}").Answers("""{"structured_data":{}}""");

        await _sixtyfour.Leads.CallAsync();

        Tags(_telemetry.Activities.Should().ContainSingle().Which).Should().Contain("sixtyfour.attempts=3");
        _telemetry.Of("sixtyfour.retries").Should().Equal(Enumerable.Repeat(
            new Measurement("sixtyfour.retries", "{retry}", 1, "sixtyfour.route=enrich-lead error.type=ServerErrorException"), 2));
    }

    [Fact]
    public async Task A_span_of_the_application_is_the_parent()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "the application",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("the application");
        _handler.Answers("""{"structured_data":{}}""");

        using var request = source.StartActivity("request");
        await _sixtyfour.Leads.CallAsync();

        _telemetry.Activities.Should().ContainSingle().Which.ParentSpanId.Should().Be(request!.SpanId);
    }

    [Fact]
    public async Task The_duration_of_a_call_is_measured_in_seconds_by_route_and_outcome()
    {
        _handler.Answers("""{"structured_data":{}}""").Answers(HttpStatusCode.NotFound, "{}");

        await _sixtyfour.Leads.CallAsync();
        await FluentActions.Awaiting(() => _sixtyfour.Jobs.GetStatusAsync("job-1", cancellationToken: Token)).Should().ThrowAsync<SixtyfourApiException>();

        _telemetry.Of("sixtyfour.call.duration").Select(measured => (measured.Unit, measured.Tags)).Should().Equal(
            ("s", "sixtyfour.route=enrich-lead sixtyfour.outcome=success"), ("s", "sixtyfour.route=job-status sixtyfour.outcome=SixtyfourApiException"));
        _telemetry.Of("sixtyfour.call.duration").Should().OnlyContain(measured => measured.Value >= 0 && measured.Value < 30);
    }

    [Fact]
    public async Task Queueing_is_measured_for_each_attempt()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "{}").Answers("""{"structured_data":{}}""");

        await _sixtyfour.Leads.CallAsync();

        _telemetry.Of("sixtyfour.queue.duration").Select(measured => (measured.Unit, measured.Tags)).Should().Equal(
            ("s", "sixtyfour.route=enrich-lead"), ("s", "sixtyfour.route=enrich-lead"));
    }

    [Fact]
    public async Task What_a_synchronous_call_was_charged_is_counted()
    {
        _handler.Answers("""{"structured_data":{},"charge_amount":12.5}""");

        await _sixtyfour.Leads.CallAsync();

        _telemetry.Of("sixtyfour.charged").Should().Equal(new Measurement("sixtyfour.charged", "{cent}", 12.5, "sixtyfour.route=enrich-lead"));
    }

    [Fact]
    public async Task A_wait_is_a_span_that_names_job_and_end()
    {
        _handler.Answers("""{"status":"completed","task_type":"enrich_lead","charge_amount":10,"result":{"structured_data":{}}}""");

        await _sixtyfour.Leads.GetJob("job-1").WaitAsync(Token);

        var span = _telemetry.Activities.Should().ContainSingle(activity => activity.OperationName == "sixtyfour job").Which;
        Tags(span).Should().Equal("sixtyfour.job.id=job-1", "sixtyfour.job.status=completed");
        span.Status.Should().Be(ActivityStatusCode.Unset);
    }

    [Fact]
    public async Task A_job_is_open_while_it_is_waited_for()
    {
        _handler.Answers("""{"status":"completed","result":{"structured_data":{}}}""");

        await _sixtyfour.Leads.GetJob("job-1").WaitAsync(Token);

        await Eventually.TrueAsync(() => _telemetry.Of("sixtyfour.jobs.open").Count() is 2);
        _telemetry.Of("sixtyfour.jobs.open").Select(measured => (measured.Unit, measured.Value)).Should().Equal(("{job}", 1), ("{job}", -1));
    }

    [Fact]
    public async Task What_a_job_was_charged_is_counted_when_its_end_is_seen()
    {
        _handler.Answers("""{"status":"completed","task_type":"enrich_lead","charge_amount":10,"result":{"structured_data":{}}}""");

        await _sixtyfour.Leads.GetJob("job-1").WaitAsync(Token);

        _telemetry.Of("sixtyfour.charged").Sum(measured => measured.Value).Should().Be(10);
    }

    [Fact]
    public async Task Paths_with_ids_are_told_by_their_route()
    {
        _handler.Answers("""{"status":"running"}""").Answers("{}");

        await _sixtyfour.Jobs.GetStatusAsync("job-1", cancellationToken: Token);
        await _sixtyfour.Raw.SendAsync(HttpMethod.Get, "/people/nadia-okafor?email=nadia@example.com", cancellationToken: Token);

        _telemetry.Activities.Select(activity => activity.OperationName).Should().Equal("sixtyfour job-status", "sixtyfour raw");
        _telemetry.Text.Should().NotContain("nadia");
    }

    private static IEnumerable<string> Tags(Activity activity) => activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
}
