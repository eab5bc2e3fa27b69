using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Http;

public sealed class CancellationTests
{
    [Fact]
    public async Task Cancelled_before_anything_leaves_means_nothing_ran()
    {
        await using var api = await Api.StartAsync();

        var error = (await api.Invoking(a => a.PaidCallAsync(token: new(canceled: true))).Should().ThrowAsync<OperationCanceledException>()).Which;

        error.InnerException.Should().BeNull();
        api.RequestsSeen.Should().Be(0);
    }

    [Fact]
    public async Task A_synchronous_call_that_is_left_while_the_agent_works_says_that_it_may_be_charged()
    {
        await using var api = await Api.StartAsync();
        using var caller = new CancellationTokenSource();
        api.Emulator.Inject(Fault.Delays(TimeSpan.FromHours(1)));
        LeaveWhenTheWorkBegins(api, "/enrich-lead", caller);

        var error = (await api.Invoking(a => a.PaidCallAsync(token: caller.Token)).Should().ThrowAsync<OperationCanceledException>()).Which;

        error.InnerException.Should().BeOfType<OutcomeUnknownException>();
        error.CancellationToken.Should().Be(caller.Token);
        api.RequestsSeen.Should().Be(1);
        api.Emulator.ChargedCents.Should().Be(10);
    }

    [Fact]
    public async Task A_job_start_that_is_left_after_its_body_went_out_still_brings_the_id_it_paid_for()
    {
        await using var api = await Api.StartAsync();
        using var caller = new CancellationTokenSource();
        LeaveWhenTheWorkBegins(api, "/enrich-lead", caller);

        var job = await api.PaidStartAsync(token: caller.Token);

        caller.IsCancellationRequested.Should().BeTrue();
        api.Emulator.Jobs.Should().ContainSingle().Which.Id.Should().Be(job.Id);
    }

    [Fact]
    public async Task A_job_start_that_is_left_is_bounded_by_its_attempt_limit()
    {
        await using var api = await Api.StartAsync();
        using var caller = new CancellationTokenSource();
        api.Emulator.Inject(Fault.Delays(TimeSpan.FromHours(1)));
        LeaveWhenTheWorkBegins(api, "/enrich-lead", caller);

        var start = () => api.PaidStartAsync(new() { AttemptTimeout = TimeSpan.FromMilliseconds(500) }, caller.Token);

        await start.Should().ThrowAsync<OutcomeUnknownException>();
        api.RequestsSeen.Should().Be(1);
    }

    [Fact]
    public async Task A_call_that_only_reads_is_simply_cancelled()
    {
        await using var api = await Api.StartAsync();
        var job = await api.PaidStartAsync();
        using var caller = new CancellationTokenSource();
        api.Emulator.Inject(Fault.Delays(TimeSpan.FromHours(1)), "/job-status/*");

        var asking = api.Client.Jobs.GetStatusAsync(job.Id, null, caller.Token);
        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => asking).Should().ThrowAsync<OperationCanceledException>()).Which.InnerException.Should().BeNull();
    }

    [Fact]
    public async Task Queueing_for_a_turn_ends_with_the_total_limit_and_nothing_is_sent()
    {
        await using var api = await Api.StartAsync(o => o.RateLimit.RequestsPerMinute = 1);
        await api.PaidCallAsync();

        var second = () => api.PaidCallAsync(new() { TotalTimeout = TimeSpan.FromMilliseconds(200) });

        (await second.Should().ThrowAsync<DeadlineExceededException>()).Which.IsSafeToRepeat.Should().BeTrue();
        api.RequestsSeen.Should().Be(1);
    }

    [Fact]
    public async Task A_limit_on_queueing_fails_at_once_when_it_is_zero()
    {
        await using var api = await Api.StartAsync(o =>
        {
            o.RateLimit.RequestsPerMinute = 1;
            o.RateLimit.MaxWait = TimeSpan.Zero;
        });
        await api.PaidCallAsync();

        var error = (await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<RateLimitedException>()).Which;

        error.Response.Should().BeNull("the service was not asked");
        error.IsSafeToRepeat.Should().BeTrue();
        api.RequestsSeen.Should().Be(1);
    }

    // The emulator asks for the answer when the request has been read whole.
    private static void LeaveWhenTheWorkBegins(Api api, string path, CancellationTokenSource caller) => api.Emulator.Answer(path, _ =>
    {
        caller.Cancel();
        return null;
    });
}
