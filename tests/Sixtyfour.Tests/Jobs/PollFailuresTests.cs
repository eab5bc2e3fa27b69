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
    [InlineData(403, 0, false)]
    [InlineData(422, 0, false)]
    public void What_passes_is_looked_at_again(int status, double watched, bool passes) =>
        PollFailures.IsPassing(new SixtyfourApiException((HttpStatusCode)status, ""), TimeSpan.FromSeconds(watched)).Should().Be(passes);
}
