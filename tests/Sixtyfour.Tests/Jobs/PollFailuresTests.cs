using System.Net;
using Sixtyfour.Jobs;

namespace Sixtyfour.Tests.Jobs;

public sealed class PollFailuresTests
{
    [Fact]
    public void Failures_double_the_pause_up_to_half_a_minute()
    {
        Enumerable.Range(1, 7).Select(n => PollFailures.Pause(n, null, 0.5).TotalSeconds).Should().Equal(1, 2, 4, 8, 16, 30, 30);
        PollFailures.Pause(int.MaxValue, null, 0.5).Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_hint_longer_than_the_pause_is_kept() => PollFailures.Pause(1, TimeSpan.FromSeconds(90), 0.5).Should().Be(TimeSpan.FromSeconds(90));

    [Theory]
    [InlineData(408, 0, true)]
    [InlineData(429, 0, true)]
    [InlineData(500, 9_999, true)]
    [InlineData(404, 29, true)]
    [InlineData(404, 30, false)]
    [InlineData(401, 0, false)]
    [InlineData(422, 0, false)]
    public void Some_refusals_may_pass(int status, double watched, bool isTransient) => IsTransient([Api(status)], watched).Should().Be(isTransient);

    [Fact]
    public void A_refusal_by_the_service_itself_ends_the_wait() => IsTransient([Api(403, """{"error": "Forbidden"}""")]).Should().BeFalse();

    public static TheoryData<string, SixtyfourException> OddPolls { get; } = new()
    {
        { "HTML, a cut answer, a redirect", new InvalidResponseException("") },
        { "a body that breaks off", new OutcomeUnknownException("", statusCode: HttpStatusCode.OK) },
        { "a firewall's page", Api(403, "<html>Access denied</html>") },
        { "an empty 403", Api(403) },
        { "a proxy that wants a password", Api(407) },
        { "a misdirected request", Api(421) },
        { "too early", Api(425) },
    };

    [Theory]
    [MemberData(nameof(OddPolls), DisableDiscoveryEnumeration = true)]
    public void Odd_polls_may_pass_and_only_a_long_row_of_them_ends_the_wait(string what, SixtyfourException odd)
    {
        IsTransient([odd]).Should().BeTrue(what);
        IsTransient(Enumerable.Repeat(odd, 9)).Should().BeTrue();
        IsTransient(Enumerable.Repeat(odd, 10)).Should().BeFalse();
        IsTransient([.. Enumerable.Repeat(odd, 9), Api(502), odd]).Should().BeTrue("a row begins anew after anything else");
    }

    [Theory]
    [InlineData(119, false, true)]
    [InlineData(120, false, false)]
    [InlineData(899, true, true)]
    [InlineData(900, true, false)]
    public void Without_an_answer_a_wait_ends_after_two_minutes_or_after_the_setting_where_there_was_one_before(
        double seconds, bool hasBeenAnswered, bool isTransient) =>
        IsTransient([new ConnectionFailedException("", new HttpRequestException())], now: seconds, longest: hasBeenAnswered ? TimeSpan.FromMinutes(15) : null)
            .Should().Be(isTransient);

    private static SixtyfourApiException Api(int status, string? body = null) => new((HttpStatusCode)status, "") { ResponseBody = body };

    private static bool IsTransient(IEnumerable<SixtyfourException> row, double watched = 0, double now = 0, TimeSpan? longest = null)
    {
        var failures = new PollFailures(TimeSpan.Zero);
        foreach (var failure in row)
        {
            failures.Add(failure);
        }

        return failures.IsTransient(TimeSpan.FromSeconds(watched), TimeSpan.FromSeconds(now), longest);
    }
}
