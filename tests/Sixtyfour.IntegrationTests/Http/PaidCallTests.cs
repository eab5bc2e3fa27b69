using System.Net;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Http;

/// <summary>The right-hand column of the outcome table, on the emulator's own count of requests.</summary>
public sealed class PaidCallTests
{
    [Theory]
    [ClassData(typeof(LostAnswers))]
    public async Task A_paid_call_whose_answer_is_lost_is_sent_once_and_its_outcome_is_unknown(string loss)
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(LostAnswers.Named(loss), times: 10);

        var call = () => api.PaidCallAsync(new() { AttemptTimeout = LostAnswers.AttemptTimeout(loss) });

        var error = (await call.Should().ThrowAsync<OutcomeUnknownException>()).Which;
        error.Attempts.Should().Be(1);
        error.IsSafeToRepeat.Should().BeFalse();
        error.IdempotencyKey.Should().BeNull();
        api.RequestsSeen.Should().Be(1);
    }

    [Theory]
    [ClassData(typeof(LostAnswers))]
    public async Task A_job_start_whose_answer_is_lost_is_sent_once_and_its_outcome_is_unknown(string loss)
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(LostAnswers.Named(loss), times: 10);

        var call = () => api.PaidStartAsync(new() { AttemptTimeout = LostAnswers.AttemptTimeout(loss) });

        await call.Should().ThrowAsync<OutcomeUnknownException>();
        api.RequestsSeen.Should().Be(1);
    }

    [Fact]
    public async Task The_status_that_came_instead_of_an_answer_is_kept()
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway));

        var error = (await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        error.InnerException.Should().BeOfType<ServerErrorException>();
    }

    public static TheoryData<string> Refusals { get; } = new("429", "429 with a time", "500", "503 with a time");

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_paid_call_that_was_refused_is_sent_again_and_charged_once(string refusal)
    {
        await using var api = await Api.StartAsync(emulator: o => o.TimeScale = 100);
        api.Emulator.Inject(Refusal(refusal), times: 2);

        var found = await api.PaidCallAsync();

        found["title"].AsString().Should().NotBeNullOrEmpty();
        api.RequestsSeen.Should().Be(3);
        api.Emulator.ChargedCents.Should().Be(10);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_job_start_that_was_refused_is_sent_again_and_starts_one_job(string refusal)
    {
        await using var api = await Api.StartAsync(emulator: o => o.TimeScale = 100);
        api.Emulator.Inject(Refusal(refusal), times: 2);

        var job = await api.PaidStartAsync();

        api.RequestsSeen.Should().Be(3);
        api.Emulator.Jobs.Should().ContainSingle().Which.Id.Should().Be(job.Id);
    }

    [Fact]
    public async Task What_stays_refused_is_thrown_by_its_status_when_the_retries_are_spent()
    {
        await using var api = await Api.StartAsync(o => o.Retry.MaxRetries = 2, o => o.TimeScale = 100);
        api.Emulator.Inject(Fault.RateLimited(TimeSpan.FromSeconds(3)), times: 10);

        var error = (await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<RateLimitedException>()).Which;

        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(3));
        error.Attempts.Should().Be(3);
        error.IsSafeToRepeat.Should().BeTrue();
        api.RequestsSeen.Should().Be(3);
    }

    [Fact]
    public async Task A_500_that_stays_is_thrown_as_a_server_error()
    {
        await using var api = await Api.StartAsync(o => o.Retry.MaxRetries = 2);
        api.Emulator.Inject(Fault.Status(HttpStatusCode.InternalServerError), times: 10);

        var error = (await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<ServerErrorException>()).Which;

        error.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        api.RequestsSeen.Should().Be(3);
    }

    [Fact]
    public async Task A_500_is_not_repeated_where_that_is_switched_off_for_paid_calls()
    {
        await using var api = await Api.StartAsync(o => o.Retry.RetryPaidCallsOnServerError = false);
        api.Emulator.Inject(Fault.Status(HttpStatusCode.InternalServerError), times: 10);

        var error = (await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        api.RequestsSeen.Should().Be(1);
    }

    [Fact]
    public async Task Without_retries_a_refusal_is_final()
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.RateLimited(), times: 10);

        await api.Invoking(a => a.PaidCallAsync(new() { MaxRetries = 0 })).Should().ThrowAsync<RateLimitedException>();

        api.RequestsSeen.Should().Be(1);
    }

    [Fact]
    public async Task A_wait_that_would_pass_the_total_limit_is_not_begun()
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.RateLimited(TimeSpan.FromMinutes(2)));

        var error = await api.Invoking(a => a.PaidCallAsync(new() { TotalTimeout = TimeSpan.FromMinutes(1) })).Should().ThrowAsync<RateLimitedException>();

        error.Which.Attempts.Should().Be(1);
        api.RequestsSeen.Should().Be(1);
    }

    private static Fault Refusal(string name) => name switch
    {
        "429" => Fault.RateLimited(),
        "429 with a time" => Fault.RateLimited(TimeSpan.FromSeconds(2)),
        "500" => Fault.Status(HttpStatusCode.InternalServerError),
        _ => Fault.Status(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromSeconds(2)),
    };
}
