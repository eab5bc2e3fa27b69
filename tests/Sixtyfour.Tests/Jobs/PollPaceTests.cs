using Sixtyfour.Jobs;

namespace Sixtyfour.Tests.Jobs;

public sealed class PollPaceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(600)]
    [InlineData(1_000_000)]
    public void A_job_is_never_left_alone_for_ten_seconds(double ageSeconds)
    {
        foreach (var random in (double[])[0, 0.5, 0.999999])
        {
            PollPace.Next(TimeSpan.FromSeconds(ageSeconds), expectsWebhook: false, random)
                .Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.9)).And.BeLessThan(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public void The_pace_slows_down_with_age() =>
        Enumerable.Range(0, 100).Select(age => PollPace.Next(TimeSpan.FromSeconds(age), false, 0.5)).Should().BeInAscendingOrder();

    [Fact]
    public void Beside_a_webhook_a_minute_is_enough() =>
        PollPace.Next(TimeSpan.FromMinutes(5), expectsWebhook: true, 0.5).Should().Be(TimeSpan.FromMinutes(1));

    [Fact]
    public void Failures_double_the_pause_up_to_half_a_minute()
    {
        Enumerable.Range(1, 7).Select(n => PollPace.AfterFailure(n, null, 0.5).TotalSeconds).Should().Equal(1, 2, 4, 8, 16, 30, 30);
        PollPace.AfterFailure(int.MaxValue, null, 0.5).Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_hint_longer_than_the_pause_is_kept() => PollPace.AfterFailure(1, TimeSpan.FromSeconds(90), 0.5).Should().Be(TimeSpan.FromSeconds(90));
}
