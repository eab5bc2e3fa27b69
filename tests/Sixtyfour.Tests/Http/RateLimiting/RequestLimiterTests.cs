using System.Net;
using Sixtyfour.Http;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http.RateLimiting;

public sealed class RequestLimiterTests
{
    private readonly FakeClock _clock = new();
    private readonly RequestLimiter _limiter;

    public RequestLimiterTests() => _limiter = new(3, _clock, () => 0.5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_as_the_limit_leave_at_once_and_the_next_a_minute_after_the_first_was_answered()
    {
        for (var i = 0; i < 3; i++)
        {
            await SendAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var fourth = AcquireAsync();
        _clock.Advance(TimeSpan.FromSeconds(56.9));
        fourth.IsCompleted.Should().BeFalse();

        await _clock.RunAsync(fourth);

        _clock.GetUtcNow().Second.Should().Be(0, "the first slot is free a minute after its answer");
    }

    [Fact]
    public async Task A_call_of_minutes_holds_its_slot_only_until_the_service_must_have_counted_it()
    {
        var begun = _clock.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            (await _clock.RunAsync(AcquireAsync(PermitKind.AgentCall)))!.Sending(isUpload: false);
        }

        await _clock.RunAsync(AcquireAsync(PermitKind.AgentCall));

        (_clock.GetUtcNow() - begun).Should().Be(TimeSpan.FromSeconds(65));
    }

    [Fact]
    public async Task A_turn_that_comes_too_late_is_not_waited_for()
    {
        for (var i = 0; i < 3; i++)
        {
            await SendAsync();
        }

        (await _limiter.AcquireAsync(PermitKind.Call, TimeSpan.FromSeconds(59), Token)).Should().BeNull();
        (await _limiter.AcquireAsync(PermitKind.Call, TimeSpan.Zero, Token)).Should().BeNull();
        _clock.ActiveTimers.Should().Be(0);
    }

    [Fact]
    public async Task A_turn_that_does_not_come_in_time_is_left_and_nothing_stays_behind()
    {
        var limiter = new RequestLimiter(1, _clock, () => 0.5);
        await SendAsync(limiter);

        var first = AcquireAsync(limiter);
        (await _clock.RunAsync(limiter.AcquireAsync(PermitKind.Call, TimeSpan.FromSeconds(61), Token).AsTask()))
            .Should().BeNull("the only turn by then is another's");

        (await first).Should().NotBeNull();
        _clock.ActiveTimers.Should().Be(0);
    }

    [Fact]
    public async Task Whoever_came_first_goes_first_but_calls_go_before_the_background_nine_times_in_a_row()
    {
        var limiter = new RequestLimiter(1, _clock, () => 0.5);
        await SendAsync(limiter);
        var order = new List<string>();

        PermitKind[] kinds = [
            PermitKind.Background, PermitKind.Background, .. Enumerable.Repeat(PermitKind.Call, 6), .. Enumerable.Repeat(PermitKind.AgentCall, 6)];
        await _clock.RunAsync(Task.WhenAll(kinds.Select(TakeAsync)));

        order.Should().Equal("Call 2", "Call 3", "Call 4", "Call 5", "Call 6", "Call 7", "AgentCall 8", "AgentCall 9", "AgentCall 10",
            "Background 0", "AgentCall 11", "AgentCall 12", "AgentCall 13", "Background 1");

        async Task TakeAsync(PermitKind kind, int i)
        {
            // Not sent, so that it goes on to the next at once.
            using var slot = (await limiter.AcquireAsync(kind, Timeout.InfiniteTimeSpan, Token))!;
            order.Add($"{kind} {i}");
        }
    }

    [Fact]
    public async Task Leaving_the_queue_takes_nobodys_turn()
    {
        for (var i = 0; i < 3; i++)
        {
            await SendAsync();
        }

        using var caller = new CancellationTokenSource();
        var first = _limiter.AcquireAsync(PermitKind.Call, Timeout.InfiniteTimeSpan, caller.Token).AsTask();
        var behind = _limiter.AcquireAsync(PermitKind.Call, Timeout.InfiniteTimeSpan, caller.Token).AsTask();
        await caller.CancelAsync();

        await FluentActions.Awaiting(() => first).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => behind).Should().ThrowAsync<OperationCanceledException>();
        _clock.ActiveTimers.Should().Be(0);
        (await _clock.RunAsync(AcquireAsync())).Should().NotBeNull();
        _clock.ActiveTimers.Should().Be(0);
    }

    [Fact]
    public async Task A_turn_that_is_not_used_goes_to_the_next_at_once()
    {
        var slots = new List<SendPermit>();
        for (var i = 0; i < 3; i++)
        {
            slots.Add((await _clock.RunAsync(AcquireAsync(PermitKind.AgentCall)))!);
            slots[i].Sending(isUpload: false);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _clock.Advance(TimeSpan.FromMinutes(2));
        var unused = (await AcquireAsync())!;
        var next = AcquireAsync();
        next.IsCompleted.Should().BeFalse("without headers the first request after a silence goes alone");

        unused.Dispose();

        (await next).Should().NotBeNull();
    }

    [Fact]
    public async Task A_refused_request_gives_its_slot_back_and_makes_all_pause()
    {
        using (var refused = (await AcquireAsync())!)
        {
            refused.Sending(isUpload: false);
            using var tooMany = new HttpResponseMessage((HttpStatusCode)429) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(20)) } };
            refused.Answered(tooMany);
        }

        var begun = _clock.GetUtcNow();
        await _clock.RunAsync(AcquireAsync());

        (_clock.GetUtcNow() - begun).Should().Be(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_turn_of_a_request_that_was_never_sent_is_given_back()
    {
        for (var i = 0; i < 10; i++)
        {
            (await _limiter.AcquireAsync(PermitKind.Call, TimeSpan.Zero, Token))!.Dispose();
        }
    }

    [Fact]
    public async Task Nobody_is_refused_while_there_are_turns_left_however_many_ask_at_once()
    {
        var limiter = new RequestLimiter(100_000, TimeProvider.System, () => 0.5);

        var slots = new System.Collections.Concurrent.ConcurrentBag<object?>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OwnThread.RunAsync(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                slots.Add(limiter.AcquireAsync(PermitKind.Call, TimeSpan.Zero, Token).AsTask().GetAwaiter().GetResult());
            }
        })));


        slots.Should().HaveCount(20_000).And.NotContainNulls();
    }

    [Fact]
    public async Task Without_a_limit_nobody_waits()
    {
        var open = new RequestLimiter(null, _clock, () => 0.5);

        for (var i = 0; i < 10_000; i++)
        {
            (await open.AcquireAsync(PermitKind.Call, TimeSpan.Zero, Token)).Should().NotBeNull();
        }
    }

    [Fact]
    public async Task Never_more_than_the_limit_in_any_minute()
    {
        var limiter = new RequestLimiter(50, _clock, () => 0.5);
        var times = new List<DateTimeOffset>();

        await _clock.RunAsync(Task.WhenAll(Enumerable.Range(0, 300).Select(async _ =>
        {
            using var slot = (await limiter.AcquireAsync(PermitKind.Call, Timeout.InfiniteTimeSpan, Token))!;
            slot.Sending(isUpload: false);
            lock (times)
            {
                times.Add(_clock.GetUtcNow());
            }

            using var response = new HttpResponseMessage();
            slot.Answered(response);
        })));

        times.Sort();
        for (var i = 50; i < times.Count; i++)
        {
            (times[i] - times[i - 50]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(1));
        }
    }

    private Task SendAsync() => SendAsync(_limiter);

    private static async Task SendAsync(RequestLimiter limiter)
    {
        using var slot = (await AcquireAsync(limiter))!;
        slot.Sending(isUpload: false);
        using var response = new HttpResponseMessage();
        slot.Answered(response);
    }

    private Task<SendPermit?> AcquireAsync(PermitKind kind = PermitKind.Call) => AcquireAsync(_limiter, kind);

    private static Task<SendPermit?> AcquireAsync(RequestLimiter limiter, PermitKind kind = PermitKind.Call) =>
        limiter.AcquireAsync(kind, Timeout.InfiniteTimeSpan, Token).AsTask();
}
