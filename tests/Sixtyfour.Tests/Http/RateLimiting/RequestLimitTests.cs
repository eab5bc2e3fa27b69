using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Tests.Http.RateLimiting;

/// <summary>The rules of the budget, one by one, without a clock: time is what the test says.</summary>
public sealed class RequestLimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private RequestLimit _limit = new(500, Start, () => 0.5);

    [Fact]
    public void Without_headers_the_burst_grows_with_what_was_accepted()
    {
        Burst(At(0)).Should().Be(1);
        Burst(At(1)).Should().Be(2);
        Burst(At(2)).Should().Be(4);
        Burst(At(3)).Should().Be(8);
        Burst(At(4)).Should().Be(10, "8, and an eighth of the 15 accepted");
    }

    [Fact]
    public void With_headers_all_that_remains_goes_at_once()
    {
        Burst(At(0), remaining: 499).Should().Be(1);

        TakeAll(At(0.1)).Should().HaveCount(494, "the last five of 500 wait for 10 seconds, so that a newcomer finds room");
        TakeAll(At(10.1)).Should().HaveCount(5);
        TakeAll(At(10.2)).Should().BeEmpty();
    }

    [Fact]
    public void A_process_that_sees_others_takes_their_requests_into_account()
    {
        Burst(At(0), remaining: 199);

        _limit.IsSharing(At(0)).Should().BeTrue("301 requests are missing, and one of them was ours");
        TakeAll(At(0.1)).Should().BeEmpty("it paces itself");
        _limit.IsSharing(At(119)).Should().BeTrue();
        _limit.IsSharing(At(121)).Should().BeFalse();
    }

    [Fact]
    public void Alone_the_headers_never_look_like_others()
    {
        var sent = 0;
        for (var i = 0; i < 20; i++)
        {
            foreach (var slot in TakeAll(At(i)))
            {
                sent++;
                _limit.Accepted(slot, At(i + 0.05), Notice(500 - sent));
            }
        }

        _limit.IsSharing(At(20)).Should().BeFalse();
        sent.Should().Be(500);
    }

    // The permits were taken in one order and the requests left in the other.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Requests_that_overtake_each_other_are_not_taken_for_those_of_others(int foreign, bool isSharing)
    {
        var first = Take(At(0));
        _limit.Accepted(first, At(0.1), Notice(499));
        var a = _limit.TryTake(At(0.2), false, out _)!;
        var b = _limit.TryTake(At(0.2), false, out _)!;
        _limit.Sent(b, At(0.21));
        _limit.Sent(a, At(0.22));

        _limit.Accepted(b, At(0.3), Notice(498));
        _limit.Accepted(a, At(0.3), Notice(497 - foreign));

        _limit.IsSharing(At(0.3)).Should().Be(isSharing);
    }

    [Fact]
    public void An_upload_counts_from_its_first_byte()
    {
        var upload = _limit.TryTake(At(0), false, out _)!;
        var other = _limit.TryTake(At(0), false, isPatient: false, out _)!;
        _limit.Sent(other, At(0));
        _limit.Accepted(other, At(0.1), Notice(499));
        _limit.Uploading(upload, At(1));
        _limit.Sent(upload, At(61));

        _limit.Accepted(upload, At(61.1), Notice(498));

        _limit.IsSharing(At(61.1)).Should().BeFalse("the service counted it while the other one still counted");
    }

    [Fact]
    public void Beside_others_the_pace_is_the_square_of_what_is_left()
    {
        var slot = Take(At(0));
        _limit.Accepted(slot, At(0.1), new(500, 20, Start.AddSeconds(0), Start));
        var now = 0.1;

        // 20 left, the one on its way not counted: about 400 a minute, once the doubling has caught up.
        var times = new List<double>();
        while (now < 30)
        {
            now += 0.01;
            if (_limit.TryTake(At(now), false, out _) is { } next)
            {
                times.Add(now);
                _limit.Sent(next, At(now));
                _limit.Accepted(next, At(now), new(500, 20, Start.AddSeconds(now), Start.AddSeconds(now)));
            }
        }

        (60 / ((times[^1] - times[^11]) / 10)).Should().BeApproximately(400, 40);
    }

    [Fact]
    public void Nobody_starves_when_nothing_remains()
    {
        var slot = Take(At(0));
        _limit.Accepted(slot, At(0.1), new(500, 0, Start.AddSeconds(60), Start));

        var now = 0.1;
        while (_limit.TryTake(At(now), false, out _) is null)
        {
            now += 0.1;
        }

        now.Should().BeLessThan(3.1, "25 requests a minute are the least");
    }

    [Fact]
    public void In_the_line_of_a_fixed_window_what_is_left_is_not_free()
    {
        var state = new ServerWindow();
        var slot = Sent(1);
        state.Update(new(500, 480, Start.AddSeconds(60), Start), slot, At(0), Start, 0);

        state.Reserve(Start).Should().BeApproximately(484, 1);
        state.Reserve(Start.AddSeconds(30)).Should().BeApproximately(242, 1);
        state.Reserve(Start.AddSeconds(60)).Should().Be(0);
    }

    [Fact]
    public void A_reset_that_moves_before_its_time_ends_no_window()
    {
        var state = new ServerWindow();
        state.Update(new(500, 480, Start.AddSeconds(60), Start), Sent(1), At(0), Start, 0);
        state.Update(new(500, 470, Start.AddSeconds(70), Start.AddSeconds(10)), Sent(2), At(10), Start.AddSeconds(10), 0);

        state.Reserve(Start.AddSeconds(10)).Should().Be(0);
    }

    [Fact]
    public void Headers_of_an_older_request_change_nothing()
    {
        var state = new ServerWindow();
        var book = new SlotWindow();
        state.Update(new(500, 100, null, null), Sent(7), At(0), Start, 0);
        state.Update(new(500, 400, null, null), Sent(6), At(1), Start, 0);

        state.Room(At(1), book).Should().Be(100);
    }

    [Fact]
    public void Headers_that_come_after_minutes_are_not_believed()
    {
        var slot = Take(At(0), isAgentCall: true);
        _limit.Accepted(slot, At(180), Notice(0));

        Take(At(180)).Should().NotBeNull();
        _limit.IsSharing(At(180)).Should().BeFalse();
    }

    [Fact]
    public void An_agent_call_that_is_silent_for_a_second_was_let_in()
    {
        Take(At(0), isAgentCall: true);
        _limit.TryTake(At(0.9), true, out var again).Should().BeNull();
        again.Should().Be(At(1));

        TakeAll(At(1), isAgentCall: true).Should().HaveCount(2);
        TakeAll(At(2), isAgentCall: true).Should().HaveCount(4);
    }

    [Fact]
    public void A_silence_of_a_minute_is_forgotten()
    {
        for (var i = 0; i < 5; i++)
        {
            Burst(At(i));
        }

        Burst(At(70)).Should().Be(1);
    }

    [Theory]
    [InlineData(null, false, 4)]
    [InlineData(null, true, 1)]
    [InlineData(17.0, true, 17)]
    [InlineData(0.0, true, 0.5)]
    [InlineData(3_600.0, true, 60)]
    public void A_refusal_makes_all_pause(double? hint, bool hasHeaders, double pause)
    {
        var slot = Take(At(0));
        _limit.Refused(slot, At(0.1), hasHeaders ? Notice(0) : null, hint is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        _limit.EarliestPermit(At(0.1)).Should().Be(At(0.1 + pause));
        _limit.Held.Should().Be(0);
    }

    [Fact]
    public void Pauses_double_up_to_eight_seconds_until_something_is_accepted()
    {
        var now = 0.0;
        var pauses = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            _limit.Refused(Take(At(now)), At(now), Notice(0), null);
            var next = _limit.EarliestPermit(At(now)).TotalSeconds;
            pauses.Add(Math.Round(next - now, 3));
            now = next + 5;
        }

        pauses.Should().Equal(1, 2, 4, 8, 8);
        _limit.Accepted(Take(At(now)), At(now), Notice(400));
        _limit.Refused(Take(At(now + 5)), At(now + 5), Notice(0), null);
        _limit.EarliestPermit(At(now + 5)).Should().Be(At(now + 6));
    }

    [Fact]
    public void A_lower_limit_of_the_service_counts_and_a_higher_one_does_not()
    {
        _limit.Accepted(Take(At(0)), At(0.1), new(100, 99, null, null));
        _limit.Limit.Should().Be(100);

        _limit = new(50, Start, () => 0.5);
        _limit.Accepted(Take(At(0)), At(0.1), Notice(499));
        _limit.Limit.Should().Be(50);
        TakeAll(At(0.2)).Should().HaveCount(49);
    }

    [Fact]
    public void A_lower_limit_is_forgotten_with_the_headers_that_told_of_it()
    {
        _limit.Accepted(Take(At(0)), At(0.1), new(10, 9, null, null));

        _limit.EarliestPermit(At(60));
        _limit.Limit.Should().Be(10);
        _limit.EarliestPermit(At(60.2));
        _limit.Limit.Should().Be(500);
    }

    [Fact]
    public void Once_a_minute_goes_however_low_the_limit()
    {
        _limit.Accepted(Take(At(0)), At(0.1), new(2, 0, null, null));

        var now = 0.1;
        while (_limit.TryTake(At(now), false, out _) is null)
        {
            now += 0.5;
        }

        now.Should().BeLessThan(76, "once a minute, more or less");
    }

    [Fact]
    public void A_wrong_time_of_the_service_is_forgotten()
    {
        var state = new ServerWindow();
        state.Update(new(500, 480, Start.AddSeconds(60), Start.AddYears(1)), Sent(1), At(0), Start, 0);
        state.Reserve(Start).Should().Be(0);

        state.Update(new(500, 480, Start.AddSeconds(720), Start.AddSeconds(660)), Sent(2), At(660), Start.AddSeconds(660), 0);

        state.Reserve(Start.AddSeconds(690)).Should().BeApproximately(242, 1);
    }

    [Fact]
    public void An_upload_holds_its_slot_from_its_first_byte_to_a_minute_after_its_last()
    {
        var upload = _limit.TryTake(At(0), false, out _)!;
        _limit.Uploading(upload, At(0));
        Burst(At(1)).Should().Be(1, "an upload keeps nobody from going");
        _limit.TryTake(At(119), false, out _).Should().NotBeNull();
        _limit.Held.Should().Be(2);

        _limit.Sent(upload, At(120));
        _limit.Lost(upload, At(121));
        _limit.EarliestPermit(At(180.9));
        _limit.Held.Should().Be(2);
        _limit.EarliestPermit(At(181));
        _limit.Held.Should().Be(1);
    }

    [Theory]
    [InlineData(500, 500, 0.75)]
    [InlineData(500, 100, 0.95)]
    public void A_big_user_gives_back_more_than_a_small_one(double limit, int held, double share)
    {
        var rate = new ConservativeRate();
        rate.Accepted(At(0));
        rate.Refused(At(10), At(5), limit, held, isYoung: false, hasHeaders: true);

        rate.PerMinute(At(10), limit).Should().BeApproximately(Math.Max(limit / 2, Math.Min(limit, 2 * held) * share), 0.001);
    }

    [Fact]
    public void A_cut_is_regained_within_about_two_minutes()
    {
        var rate = new ConservativeRate();
        rate.Accepted(At(0));
        rate.Refused(At(0), At(0), 500, 500, isYoung: true, hasHeaders: true);

        rate.PerMinute(At(0), 500).Should().Be(250);
        rate.PerMinute(At(60), 500).Should().BeApproximately(265, 1);
        rate.PerMinute(At(125), 500).Should().Be(500);
    }

    [Fact]
    public void A_refusal_that_follows_a_refusal_cuts_nothing()
    {
        var rate = new ConservativeRate();
        rate.Accepted(At(0));
        rate.Refused(At(10), At(9), 500, 500, isYoung: false, hasHeaders: true);
        var cut = rate.PerMinute(At(10), 500);

        rate.Refused(At(10), At(9.5), 500, 500, isYoung: false, hasHeaders: true);
        rate.Refused(At(10), At(11), 500, 500, isYoung: false, hasHeaders: true);

        rate.PerMinute(At(10), 500).Should().Be(cut);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static RateLimitHeaders Notice(int remaining) => new(500, remaining, null, null);

    private static Slot Sent(long number) => new(isAgentCall: false) { Number = number };

    private Slot Take(TimeSpan now, bool isAgentCall = false)
    {
        var slot = _limit.TryTake(now, isAgentCall, out _)!;
        _limit.Sent(slot, now);
        return slot;
    }

    private List<Slot> TakeAll(TimeSpan now, bool isAgentCall = false)
    {
        var slots = new List<Slot>();
        while (_limit.TryTake(now, isAgentCall, out _) is { } slot)
        {
            _limit.Sent(slot, now);
            slots.Add(slot);
        }

        return slots;
    }

    private int Burst(TimeSpan now, int? remaining = null)
    {
        var slots = TakeAll(now);
        foreach (var slot in slots)
        {
            _limit.Accepted(slot, now + TimeSpan.FromMilliseconds(100), remaining is { } left ? Notice(left) : null);
        }

        return slots.Count;
    }
}
