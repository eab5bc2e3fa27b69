using System.Globalization;
using System.Net;

namespace Sixtyfour.Emulator.Tests.Server;

public class RateLimitTests
{
    [Fact]
    public async Task The_headers_count_down_and_name_the_end_of_the_minute()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var start = wire.Emulator.Clock.GetUtcNow();

        var first = await wire.GetAsync("/job-status/x");
        wire.Emulator.Advance(TimeSpan.FromSeconds(20));
        var second = await wire.GetAsync("/job-status/x");

        (Header(first, "X-RateLimit-Limit"), Header(first, "X-RateLimit-Remaining")).Should().Be((500, 499));
        Header(second, "X-RateLimit-Remaining").Should().Be(498);
        Header(second, "X-RateLimit-Reset").Should().Be(start.ToUnixTimeSeconds() + 60);
    }

    [Fact]
    public async Task The_501st_request_of_a_minute_is_refused()
    {
        await using var wire = await Wire.StartOnManualClockAsync();

        for (var i = 0; i < 500; i++)
        {
            (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task One_request_too_many_is_told_when_to_come_back()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.RequestsPerMinute = 2);
        await wire.GetAsync("/job-status/x");
        wire.Emulator.Advance(TimeSpan.FromSeconds(10.5));
        await wire.GetAsync("/job-status/x");

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await Wire.JsonOf(response)).ToJsonString().Should().Be("""{"error":"Too Many Requests","message":"Rate limit exceeded"}""");
        Header(response, "Retry-After").Should().Be(50);
        Header(response, "X-RateLimit-Remaining").Should().Be(0);
        wire.Emulator.ChargedCents.Should().Be(0);
        wire.Emulator.Advance(TimeSpan.FromSeconds(49.5));
        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(RateLimitWindow.Sliding, HttpStatusCode.TooManyRequests)]
    [InlineData(RateLimitWindow.Fixed, HttpStatusCode.NotFound)]
    public async Task A_sliding_minute_remembers_what_a_fixed_one_forgets(RateLimitWindow window, HttpStatusCode third)
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => (options.RequestsPerMinute, options.RateLimitWindow) = (2, window));

        foreach (var second in new[] { 0, 50, 10 })
        {
            wire.Emulator.Advance(TimeSpan.FromSeconds(second));
            (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(third);
    }

    [Fact]
    public async Task Refused_requests_do_not_count()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.RequestsPerMinute = 1);
        await wire.GetAsync("/job-status/x");
        wire.Emulator.Advance(TimeSpan.FromSeconds(59));
        await wire.GetAsync("/job-status/x");
        wire.Emulator.Advance(TimeSpan.FromSeconds(1));

        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Each_key_has_a_limit_of_its_own()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options =>
        {
            options.RequestsPerMinute = 1;
            options.OtherApiKeys.Add("second-key");
        });
        await wire.GetAsync("/job-status/x");
        wire.Http.DefaultRequestHeaders.Remove("x-api-key");
        wire.Http.DefaultRequestHeaders.Add("x-api-key", "second-key");

        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Headers_can_be_left_out()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options =>
            (options.RequestsPerMinute, options.SendsRateLimitHeaders, options.SendsRetryAfter) = (1, false, false));
        await wire.GetAsync("/job-status/x");

        var response = await wire.GetAsync("/job-status/x");

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.Select(header => header.Key).Should().NotContain(["Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]);
    }

    [Fact]
    public async Task The_limit_can_be_turned_off()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.RequestsPerMinute = null);

        for (var i = 0; i < 600; i++)
        {
            (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        }
    }

    private static long Header(HttpResponseMessage response, string name) =>
        long.Parse(response.Headers.GetValues(name).Single(), CultureInfo.InvariantCulture);
}
