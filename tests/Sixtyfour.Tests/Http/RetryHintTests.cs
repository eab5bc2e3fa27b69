using System.Net;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Tests.Http;

public sealed class RetryHintTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("300", 300)]
    public void Retry_After_in_seconds_is_the_wait(string value, int seconds) =>
        Read(("Retry-After", value)).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Retry_After_as_a_date_counts_from_the_date_of_the_answer_and_not_from_this_machine() =>
        Read(("Date", Now.AddMinutes(90).ToString("R")), ("Retry-After", Now.AddMinutes(91).ToString("R"))).Should().Be(TimeSpan.FromMinutes(1));

    [Fact]
    public void Retry_After_as_a_date_counts_from_now_where_the_answer_has_no_date() =>
        Read(("Retry-After", Now.AddSeconds(30).ToString("R"))).Should().Be(TimeSpan.FromSeconds(30));

    [Fact]
    public void A_time_that_has_passed_means_no_wait() =>
        Read(("Retry-After", Now.AddMinutes(-3).ToString("R"))).Should().Be(TimeSpan.Zero);

    [Theory]
    [InlineData("301")]
    [InlineData("99999999")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("999999999999999999999")]
    public void What_is_too_long_or_unreadable_is_no_hint(string value) => Read(("Retry-After", value)).Should().BeNull();

    [Fact]
    public void Without_Retry_After_a_429_waits_for_the_reset() =>
        Read(("Date", Now.ToString("R")), ("X-RateLimit-Reset", Now.AddSeconds(42).ToUnixTimeSeconds().ToString())).Should().Be(TimeSpan.FromSeconds(42));

    [Fact]
    public void Retry_After_wins_over_the_reset() =>
        Read(("Retry-After", "5"), ("X-RateLimit-Reset", Now.AddSeconds(42).ToUnixTimeSeconds().ToString())).Should().Be(TimeSpan.FromSeconds(5));

    [Fact]
    public void A_reset_that_has_passed_means_no_wait() =>
        Read(("X-RateLimit-Reset", Now.AddSeconds(-42).ToUnixTimeSeconds().ToString())).Should().Be(TimeSpan.Zero);

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0")]
    [InlineData("1e300")]
    [InlineData("99999999999999999999")]
    [InlineData("tomorrow")]
    public void An_unreadable_reset_is_no_hint(string value) => Read(("X-RateLimit-Reset", value)).Should().BeNull();

    [Fact]
    public void A_reset_says_nothing_about_a_server_error()
    {
        using var response = Response(HttpStatusCode.InternalServerError, [("X-RateLimit-Reset", Now.AddSeconds(42).ToUnixTimeSeconds().ToString())]);

        RetryHint.Read(response, Now).Should().BeNull();
    }

    private static TimeSpan? Read(params (string, string)[] headers)
    {
        using var response = Response((HttpStatusCode)429, headers);
        return RetryHint.Read(response, Now);
    }

    private static HttpResponseMessage Response(HttpStatusCode status, (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
