using Sixtyfour.Http;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Http;

public sealed class RequestBudgetTests
{
    private readonly FakeClock _clock = new();
    private readonly RequestBudget _budget;

    public RequestBudgetTests() => _budget = new(3, _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_as_the_limit_leave_at_once_and_the_next_a_minute_after_the_first_was_answered()
    {
        for (var i = 0; i < 3; i++)
        {
            Send(await EnterAsync());
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var fourth = EnterAsync().AsTask();
        _clock.Advance(TimeSpan.FromSeconds(56.9));
        fourth.IsCompleted.Should().BeFalse();

        await _clock.RunAsync(fourth);

        fourth.IsCompletedSuccessfully.Should().BeTrue();
        _clock.GetUtcNow().Second.Should().Be(0, "the first slot is free a minute after its answer");
    }

    [Fact]
    public async Task A_call_of_minutes_holds_its_slot_only_until_the_service_must_have_counted_it()
    {
        var begun = _clock.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            (await EnterAsync())!.Sending();
        }

        await _clock.RunAsync(EnterAsync().AsTask());

        (_clock.GetUtcNow() - begun).Should().Be(TimeSpan.FromSeconds(65));
    }

    [Fact]
    public async Task A_turn_that_comes_too_late_is_not_waited_for()
    {
        for (var i = 0; i < 3; i++)
        {
            Send(await EnterAsync());
        }

        (await _budget.EnterAsync(TimeSpan.FromSeconds(59), Token)).Should().BeNull();
        (await _budget.EnterAsync(TimeSpan.Zero, Token)).Should().BeNull();
        _clock.ActiveTimers.Should().Be(0);
    }

    [Fact]
    public async Task Whoever_came_first_goes_first()
    {
        for (var i = 0; i < 3; i++)
        {
            Send(await EnterAsync());
        }

        var order = new List<int>();
        var waiting = Enumerable.Range(0, 3).Select(async i =>
        {
            await EnterAsync();
            order.Add(i);
        }).ToList();
        await _clock.RunAsync(Task.WhenAll(waiting));

        order.Should().Equal(0, 1, 2);
    }

    [Fact]
    public async Task Leaving_the_queue_takes_nobodys_turn()
    {
        for (var i = 0; i < 3; i++)
        {
            Send(await EnterAsync());
        }

        using var caller = new CancellationTokenSource();
        var atTheDoor = _budget.EnterAsync(Timeout.InfiniteTimeSpan, caller.Token).AsTask();
        var behind = _budget.EnterAsync(Timeout.InfiniteTimeSpan, caller.Token).AsTask();
        await caller.CancelAsync();

        await FluentActions.Awaiting(() => atTheDoor).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => behind).Should().ThrowAsync<OperationCanceledException>();
        (await _clock.RunAsync(EnterAsync().AsTask())).Should().NotBeNull();
        _clock.ActiveTimers.Should().Be(0);
    }

    [Fact]
    public async Task Without_a_limit_nobody_waits()
    {
        var open = new RequestBudget(null, _clock);

        for (var i = 0; i < 10_000; i++)
        {
            (await open.EnterAsync(TimeSpan.Zero, Token)).Should().NotBeNull();
        }
    }

    [Fact]
    public async Task Never_more_than_the_limit_in_any_minute()
    {
        var budget = new RequestBudget(50, _clock);
        var times = new List<DateTimeOffset>();

        await _clock.RunAsync(Task.WhenAll(Enumerable.Range(0, 300).Select(async _ =>
        {
            var slot = await budget.EnterAsync(Timeout.InfiniteTimeSpan, Token);
            lock (times)
            {
                times.Add(_clock.GetUtcNow());
            }

            Send(slot);
        })));

        times.Sort();
        for (var i = 50; i < times.Count; i++)
        {
            (times[i] - times[i - 50]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task A_turn_of_a_request_that_was_never_sent_is_given_back()
    {
        for (var i = 0; i < 10; i++)
        {
            (await _budget.EnterAsync(TimeSpan.Zero, Token))!.Answered();
        }
    }

    [Fact]
    public async Task Nobody_is_refused_while_there_are_turns_left_however_many_ask_at_once()
    {
        var budget = new RequestBudget(100_000, TimeProvider.System);

        var slots = await Task.WhenAll(Enumerable.Range(0, 20_000).Select(_ => Task.Run(async () => await budget.EnterAsync(TimeSpan.Zero, Token))));

        slots.Should().NotContainNulls();
    }

    private static void Send(RequestBudget.Slot? slot)
    {
        slot!.Sending();
        slot.Answered();
    }

    private ValueTask<RequestBudget.Slot?> EnterAsync() => _budget.EnterAsync(Timeout.InfiniteTimeSpan, Token);
}
