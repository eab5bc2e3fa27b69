using Sixtyfour.Emulator.Clocks;

namespace Sixtyfour.Emulator.Tests.Clocks;

public class ScaledClockTests
{
    private readonly ManualClock _real = new();

    [Fact]
    public void Ten_minutes_pass_in_a_second()
    {
        var clock = new ScaledClock(_real, 600);
        var (start, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());

        _real.Advance(TimeSpan.FromSeconds(1));

        (clock.GetUtcNow() - start).Should().Be(TimeSpan.FromMinutes(10));
        clock.GetElapsedTime(stamp).Should().Be(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Timers_run_on_the_faster_time_and_are_never_early()
    {
        var clock = new ScaledClock(_real, 600);
        var start = clock.GetUtcNow();
        var fired = new List<TimeSpan>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow() - start), null, TimeSpan.FromSeconds(100), TimeSpan.FromMinutes(10));

        for (var i = 0; i < 3000; i++)
        {
            _real.Advance(TimeSpan.FromMilliseconds(1));
        }

        fired.Should().HaveCount(3);
        fired[0].Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(100)).And.BeLessThan(TimeSpan.FromSeconds(101));
        fired[1].Should().BeGreaterThanOrEqualTo(fired[0] + TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void A_timer_can_be_changed_and_stopped()
    {
        var clock = new ScaledClock(_real, 10);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan).Should().BeTrue();
        _real.Advance(TimeSpan.FromSeconds(5));
        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        timer.Dispose();
        _real.Advance(TimeSpan.FromSeconds(5));

        fired.Should().Be(1);
    }

    [Fact]
    public void Waits_longer_than_a_real_timer_takes_are_waited_for_in_pieces()
    {
        var clock = new ScaledClock(_real, 0.5);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(50), Timeout.InfiniteTimeSpan);

        _real.Advance(TimeSpan.FromDays(99));
        fired.Should().Be(0);
        _real.Advance(TimeSpan.FromDays(2));

        fired.Should().Be(1);
    }

    [Fact]
    public async Task An_emulator_runs_on_it()
    {
        await using var wire = await Wire.StartAsync(options => (options.TimeScale, options.RunTime) = (6000, _ => TimeSpan.FromMinutes(10)));
        var start = wire.Emulator.Clock.GetUtcNow();

        await wire.AnswerAsync("/enrich-lead", Wire.Enrichment());

        (wire.Emulator.Clock.GetUtcNow() - start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(10));
    }
}
