using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Clocks;
using Sixtyfour.Testing;

namespace Sixtyfour.Emulator.Tests.Clocks;

public class AdvanceUntilTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_polling_client_sees_its_job_end_at_the_next_poll_and_not_later()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var start = wire.Emulator.Clock.GetUtcNow();

        await wire.Emulator.AdvanceUntilAsync(PollToTheEndAsync(wire, await wire.StartJobAsync(), TimeSpan.FromSeconds(7)), Token);

        (wire.Emulator.Clock.GetUtcNow() - start).Should().Be(TimeSpan.FromSeconds(245), "that is the first multiple of 7 after 240");
        wire.Emulator.CountRequests("/job-status/*").Should().Be(36);
    }

    [Fact]
    public async Task A_hundred_clients_with_their_own_rhythms_lose_no_poll()
    {
        await using var wire = await Wire.StartOnManualClockAsync(
            options => (options.RequestsPerMinute, options.RunTime) = (null, _ => TimeSpan.FromSeconds(60)));
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => wire.StartJobAsync()));

        await wire.Emulator.AdvanceUntilAsync(Task.WhenAll(ids.Select((id, i) => PollToTheEndAsync(wire, id, TimeSpan.FromSeconds(5 + (i % 7))))), Token);

        wire.Emulator.CountRequests("/job-status/*").Should().Be(Enumerable.Range(0, 100).Sum(i => (int)Math.Ceiling(60.0 / (5 + (i % 7))) + 1));
    }

    [Fact]
    public async Task The_limit_of_an_attempt_does_not_fire_while_the_work_ends_earlier()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(930), wire.Emulator.Clock);

        await wire.Emulator.AdvanceUntilAsync(wire.Http.PostAsync(new Uri("/enrich-lead", UriKind.Relative), Wire.Json(Wire.Enrichment()), limit.Token), Token);

        limit.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task The_limit_of_an_attempt_does_fire_when_the_work_takes_longer()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.RunTime = _ => TimeSpan.FromHours(1));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(930), wire.Emulator.Clock);
        var start = wire.Emulator.Clock.GetUtcNow();
        var call = wire.Http.PostAsync(new Uri("/enrich-lead", UriKind.Relative), Wire.Json(Wire.Enrichment()), limit.Token);

        await FluentActions.Awaiting(() => wire.Emulator.AdvanceUntilAsync(call, Token)).Should().ThrowAsync<OperationCanceledException>();

        (wire.Emulator.Clock.GetUtcNow() - start).Should().Be(TimeSpan.FromSeconds(930));
    }

    [Fact]
    public async Task A_chain_of_waits_and_calls_takes_exactly_its_own_time()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var start = wire.Emulator.Clock.GetUtcNow();

        async Task<int> WorkAsync()
        {
            for (var i = 0; i < 20; i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), wire.Emulator.Clock, Token);
                await wire.GetAsync("/job-status/x");
                await Task.Yield();
            }

            return 20;
        }

        using var distraction = new CancellationTokenSource(TimeSpan.FromSeconds(1000), wire.Emulator.Clock);
        (await wire.Emulator.AdvanceUntilAsync(WorkAsync(), Token)).Should().Be(20);

        (wire.Emulator.Clock.GetUtcNow() - start).Should().Be(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Two_tasks_can_be_waited_for_at_once()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var clock = wire.Emulator.Clock;

        await Task.WhenAll(
            wire.Emulator.AdvanceUntilAsync(Task.Delay(TimeSpan.FromMinutes(5), clock, Token), Token),
            wire.Emulator.AdvanceUntilAsync(Task.Delay(TimeSpan.FromMinutes(3), clock, Token), Token));

        clock.GetUtcNow().Should().Be(ManualClock.Start.AddMinutes(5));
    }

    [Fact]
    public async Task A_task_that_waits_for_something_else_is_given_up_with_a_sentence()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.StallLimit = TimeSpan.FromMilliseconds(200));

        await FluentActions.Awaiting(() => wire.Emulator.AdvanceUntilAsync(new TaskCompletionSource().Task, Token))
            .Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("Nothing has moved for 0.2 s: no timer is set on the emulator's clock*");
    }

    [Fact]
    public async Task A_request_that_is_stuck_is_not_jumped_over()
    {
        using var stuck = new ManualResetEventSlim();
        var isStuck = false;
        await using var wire = await Wire.StartOnManualClockAsync(options => options.StallLimit = TimeSpan.FromMilliseconds(200));
        wire.Emulator.Answer("/enrich-lead", _ =>
        {
            isStuck = true;
            stuck.Wait(Token);
            return null;
        });
        using var later = new CancellationTokenSource(TimeSpan.FromMinutes(1), wire.Emulator.Clock);
        var call = wire.AnswerAsync("/enrich-lead", Wire.Enrichment());
        await Eventually.TrueAsync(() => Volatile.Read(ref isStuck));

        await FluentActions.Awaiting(() => wire.Emulator.AdvanceUntilAsync(call, Token)).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("*1 request(s) in flight*");
        later.IsCancellationRequested.Should().BeFalse();

        stuck.Set();
        (await wire.Emulator.AdvanceUntilAsync(call, Token)).Should().BeOfType<JsonObject>();
    }

    [Fact]
    public async Task Jumping_can_be_cancelled()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        using var enough = new CancellationTokenSource();
        var jumping = wire.Emulator.AdvanceUntilAsync(new TaskCompletionSource().Task, enough.Token);

        await enough.CancelAsync();

        await FluentActions.Awaiting(() => jumping).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task An_error_of_the_task_is_thrown_as_it_is()
    {
        await using var wire = await Wire.StartOnManualClockAsync();

        await FluentActions.Awaiting(() => wire.Emulator.AdvanceUntilAsync(Task.FromException<int>(new FormatException("mine")), Token))
            .Should().ThrowAsync<FormatException>();
    }

    [Fact]
    public async Task On_a_clock_that_moves_by_itself_the_task_is_only_awaited()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.Emulator.AdvanceUntilAsync(Task.FromResult(5), Token)).Should().Be(5);
        wire.Emulator.Invoking(it => it.Advance(TimeSpan.FromSeconds(1))).Should().Throw<InvalidOperationException>().WithMessage("*ManualClock*");
    }

    private static async Task PollToTheEndAsync(Wire wire, string id, TimeSpan every)
    {
        while ((await wire.PollAsync(id))["status"]!.GetValue<string>() is "pending" or "running")
        {
            await Task.Delay(every, wire.Emulator.Clock, Token);
        }
    }
}
