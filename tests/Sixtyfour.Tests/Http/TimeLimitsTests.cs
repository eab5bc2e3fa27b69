using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Http;

/// <summary>A limit becomes a timer in one place, on every target, however long it is.</summary>
public sealed class TimeLimitsTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(30)]
    [InlineData(49)]
    [InlineData(400)]
    public void It_passes_when_it_is_due_and_not_before(int days)
    {
        using var limit = _clock.CreateCancellationTokenSource(TimeSpan.FromDays(days));

        _clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromMinutes(1));
        limit.IsCancellationRequested.Should().BeFalse();
        _clock.Advance(TimeSpan.FromMinutes(1));
        limit.IsCancellationRequested.Should().BeTrue();
    }

    /// <summary>The clock of the system throws beyond what its timers take.</summary>
    [Fact]
    public void The_longest_limit_does_not_fail_on_the_clock_of_the_system()
    {
        using var limit = TimeProvider.System.CreateCancellationTokenSource(TimeSpan.FromDays(400));

        limit.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public void Nothing_left_has_passed_at_once()
    {
        using var limit = _clock.CreateCancellationTokenSource(TimeSpan.Zero);

        limit.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public void What_was_disposed_leaves_no_timer()
    {
        _clock.CreateCancellationTokenSource(TimeSpan.FromDays(30)).Dispose();

        _clock.ActiveTimers.Should().Be(0);
    }
}
