using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Emulator.Clocks;

namespace Sixtyfour.Emulator.Tests.Clocks;

public class ManualClockTests
{
    [Fact]
    public void Time_stands_still_until_it_is_moved()
    {
        var clock = new ManualClock();
        var stamp = clock.GetTimestamp();

        clock.GetUtcNow().Should().Be(ManualClock.Start);
        clock.Advance(TimeSpan.FromSeconds(90));

        clock.GetUtcNow().Should().Be(ManualClock.Start.AddSeconds(90));
        clock.GetElapsedTime(stamp).Should().Be(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Timers_fire_in_due_order_each_at_its_own_time()
    {
        var clock = new ManualClock();
        var fired = new List<string>();
        using var late = clock.CreateTimer(_ => fired.Add($"late {Seconds(clock)}"), null, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);
        using var early = clock.CreateTimer(_ => fired.Add($"early {Seconds(clock)}"), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        using var equal = clock.CreateTimer(_ => fired.Add($"equal {Seconds(clock)}"), null, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(30));

        fired.Should().Equal("early 10", "late 20", "equal 20");
        Seconds(clock).Should().Be(30);
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_period()
    {
        var clock = new ManualClock();
        var fired = new List<double>();
        using var timer = clock.CreateTimer(_ => fired.Add(Seconds(clock)), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        clock.Advance(TimeSpan.FromSeconds(30));

        fired.Should().Equal(5, 15, 25);
    }

    [Fact]
    public void A_timer_set_by_a_timer_fires_in_the_same_move_when_it_is_due()
    {
        var clock = new ManualClock();
        var fired = new List<double>();
        ITimer? second = null;
        using var first = clock.CreateTimer(
            _ => second = clock.CreateTimer(_ => fired.Add(Seconds(clock)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan),
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(5));

        fired.Should().Equal(2);
        second!.Dispose();
    }

    [Fact]
    public void A_timer_can_be_changed_and_stopped()
    {
        var clock = new ManualClock();
        var fired = new List<double>();
        using var timer = clock.CreateTimer(_ => fired.Add(Seconds(clock)), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        timer.Change(TimeSpan.FromSeconds(8), Timeout.InfiniteTimeSpan).Should().BeTrue();
        clock.Advance(TimeSpan.FromSeconds(10));
        timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();
        timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(10));

        fired.Should().Equal(8);
    }

    [Fact]
    public async Task What_is_due_at_once_fires_without_a_move()
    {
        var clock = new ManualClock();
        var fired = new TaskCompletionSource();
        await using var timer = clock.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Callbacks_run_outside_of_the_clocks_lock()
    {
        var clock = new ManualClock();
        await using var timer = clock.CreateTimer(
            _ => Task.Run(() => clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose()).Wait(),
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        await Task.Run(() => clock.Advance(TimeSpan.FromSeconds(2)), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Delays_and_cancellations_of_the_framework_follow_it()
    {
        var clock = new ManualClock();
        var delay = Task.Delay(TimeSpan.FromMinutes(3), clock, TestContext.Current.CancellationToken);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), clock);

        clock.Advance(TimeSpan.FromMinutes(2));
        (limit.IsCancellationRequested, delay.IsCompleted).Should().Be((true, false));
        clock.Advance(TimeSpan.FromMinutes(1));

        await delay;
    }

    [Fact]
    public void A_timer_runs_in_the_context_of_its_maker()
    {
        var clock = new ManualClock();
        var ambient = new AsyncLocal<string>();
        string? seen = null;
        ambient.Value = "maker";
        using var timer = clock.CreateTimer(_ => seen = ambient.Value, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        ambient.Value = "mover";

        clock.Advance(TimeSpan.FromSeconds(1));

        seen.Should().Be("maker");
    }

    [Fact]
    public void Time_does_not_go_backwards() =>
        new ManualClock().Invoking(clock => clock.Advance(TimeSpan.FromTicks(-1))).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void However_the_way_is_cut_into_moves_the_same_timers_fire_at_the_same_times() =>
        Prop.ForAll(
            Gen.Choose(1, 50).NonEmptyListOf().ToArbitrary(),
            Gen.Choose(1, 20).NonEmptyListOf().ToArbitrary(),
            (dueTimes, moves) => FiredAt(dueTimes, moves).SequenceEqual(FiredAt(dueTimes, [moves.Sum()])))
        .Check(Config.QuickThrowOnFailure);

    private static List<double> FiredAt(IEnumerable<int> dueTimes, IEnumerable<int> moves)
    {
        var clock = new ManualClock();
        var fired = new List<double>();
        foreach (var due in dueTimes)
        {
            clock.CreateTimer(_ => fired.Add(Seconds(clock)), null, TimeSpan.FromSeconds(due), TimeSpan.FromSeconds(due + 7));
        }

        foreach (var move in moves)
        {
            clock.Advance(TimeSpan.FromSeconds(move));
        }

        return fired;
    }

    private static double Seconds(ManualClock clock) => (clock.GetUtcNow() - ManualClock.Start).TotalSeconds;
}
