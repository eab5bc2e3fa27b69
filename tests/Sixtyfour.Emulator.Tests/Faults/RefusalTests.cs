using System.Net;

namespace Sixtyfour.Emulator.Tests.Faults;

public class RefusalTests
{
    [Theory]
    [InlineData(400, """{"error":"Bad Request","message":"Invalid lead information"}""")]
    [InlineData(401, """{"error":"Unauthorized","message":"Invalid API key"}""")]
    [InlineData(402, """{"error":"Payment Required","message":"Insufficient credits"}""")]
    [InlineData(403, """{"error":"Forbidden","message":"This feature is not enabled for your organization"}""")]
    [InlineData(404, """{"detail":"Not Found"}""")]
    [InlineData(409, """{"detail":"Conflict"}""")]
    [InlineData(429, """{"error":"Too Many Requests","message":"Rate limit exceeded"}""")]
    [InlineData(500, """{"error":"Internal Server Error","message":"An unexpected error occurred"}""")]
    [InlineData(502, "")]
    [InlineData(503, "")]
    [InlineData(504, "")]
    [InlineData(204, "")]
    public async Task A_status_comes_with_the_services_own_body_and_nothing_runs(int status, string body)
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.Status((HttpStatusCode)status));

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        ((int)response.StatusCode).Should().Be(status);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Be(body);
        response.Headers.Contains("X-RateLimit-Limit").Should().BeFalse("it did not come from the service");
        wire.Emulator.ChargedCents.Should().Be(0);
        wire.Emulator.Requests.Single().Body.Should().NotBeNull();
    }

    [Theory]
    [InlineData("""{"detail": [{"loc": ["body"], "msg": "no", "type": "x"}]}""", "application/json")]
    [InlineData("upstream connect error", "text/plain")]
    public async Task A_status_may_have_any_body(string body, string contentType)
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway, body));

        var response = await wire.GetAsync("/job-status/x");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Be(body);
        response.Content.Headers.ContentType!.MediaType.Should().Be(contentType);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.0, "0")]
    [InlineData(29.2, "30")]
    public async Task Too_many_requests_may_name_a_wait(double? seconds, string? header)
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.RateLimited(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));

        var response = await wire.GetAsync("/job-status/x");

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (response.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null).Should().Be(header);
    }

    [Theory]
    [InlineData(null, "1767225601")]
    [InlineData(29.2, "1767225630")]
    public async Task Too_many_requests_carry_the_headers_of_the_service(double? seconds, string reset)
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        wire.Emulator.Inject(Fault.RateLimited(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));

        var response = await wire.GetAsync("/job-status/x");

        response.Headers.GetValues("X-RateLimit-Limit").Should().Equal("500");
        response.Headers.GetValues("X-RateLimit-Remaining").Should().Equal("0");
        response.Headers.GetValues("X-RateLimit-Reset").Should().Equal(reset);
    }

    [Fact]
    public async Task Too_many_requests_have_no_such_headers_where_the_service_sends_none()
    {
        await using var wire = await Wire.StartAsync(options => options.SendsRateLimitHeaders = false);
        wire.Emulator.Inject(Fault.RateLimited());

        (await wire.GetAsync("/job-status/x")).Headers.Contains("X-RateLimit-Limit").Should().BeFalse();
    }

    [Fact]
    public async Task A_request_that_was_not_started_says_so_and_when_to_come_again()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.NotStarted(TimeSpan.FromSeconds(7)));

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Headers.GetValues("Retry-After").Should().Equal("7");
        ((string?)(await Wire.JsonOf(response))["message"]).Should().NotBeNullOrEmpty();
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task A_job_can_be_unknown_right_after_its_start()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.DoesNotKnowTheJob(), "/job-status/*", times: 2);
        var id = await wire.StartJobAsync();

        (await wire.GetAsync("/job-status/" + id)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await wire.PollAsync(id))["detail"]!.GetValue<string>().Should().Be("Job not found");
        (await wire.PollAsync(id))["status"]!.GetValue<string>().Should().Be("completed");
    }

    [Fact]
    public async Task A_redirect_names_its_target()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.RedirectsTo(new Uri("https://elsewhere.example.com/login")));

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.TemporaryRedirect);
        response.Headers.Location.Should().Be("https://elsewhere.example.com/login");
    }

    [Fact]
    public async Task A_web_page_comes_with_200()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.AnswersHtml());

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().StartWith("<!doctype html>");
    }

    [Fact]
    public async Task A_refused_request_needs_no_key_and_does_not_count_against_the_limit()
    {
        await using var wire = await Wire.StartAsync(options => options.RequestsPerMinute = 1);
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.ServiceUnavailable), times: 5);

        for (var i = 0; i < 5; i++)
        {
            (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        }

        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Statuses_outside_of_http_are_refused()
    {
        FluentActions.Invoking(() => Fault.Status((HttpStatusCode)199)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Fault.Status((HttpStatusCode)600)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
