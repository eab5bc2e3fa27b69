using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Leads;

/// <summary>Many-runs behind a limiter of the application's.</summary>
public sealed class ManyLimiterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 500)]
    [InlineData(false, 500)]
    [InlineData(true, null)]
    public async Task A_limiter_slower_than_the_service_slows_the_run_and_fails_nothing(bool queues, int? budget)
    {
        using var runs = new ManyRuns(options => options.RateLimit.RequestsPerMinute = budget);
        var limiter = runs.Limit(clock => new PacedLimiter(clock, perMinute: 30, queues));

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(2_000));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(2_000).And.OnlyContain(outcome => outcome.Succeeded);
        limiter.Out.Should().Be(0);
        limiter.Refused.Should().BeLessThan(10 * 4_000, "whoever is refused pauses longer and longer");
    }

    [Fact]
    public async Task Leaving_gives_every_permit_back()
    {
        using var runs = new ManyRuns();
        var limiter = runs.Limit(clock => new PacedLimiter(clock, perMinute: 300, queues: true));
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var timer = runs.Clock.CreateTimer(_ => caller.Cancel(), null, TimeSpan.FromMinutes(3), Timeout.InfiniteTimeSpan);

        var (_, thrown) = await runs.RunAsync(ManyRuns.Names(5_000), token: caller.Token);

        thrown.Should().BeAssignableTo<OperationCanceledException>();
        await runs.NothingIsLeftAsync();
        limiter.Out.Should().Be(0);
    }

    [Fact]
    public async Task A_limiter_that_never_grants_can_be_left()
    {
        using var runs = new ManyRuns();
        runs.Limit(_ => new Never());
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var timer = runs.Clock.CreateTimer(_ => caller.Cancel(), null, TimeSpan.FromHours(3), Timeout.InfiniteTimeSpan);

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(100), token: caller.Token);

        thrown.Should().BeAssignableTo<OperationCanceledException>();
        outcomes.Should().BeEmpty();
        runs.Service.Starts.Should().BeEmpty();
        await runs.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_limiter_that_was_disposed_ends_the_run_with_its_own_error_once_every_job_was_named()
    {
        using var runs = new ManyRuns();
        var limiter = runs.Limit(_ => new ConcurrencyLimiter(new() { PermitLimit = 10, QueueLimit = 100 }));
        using var timer = runs.Clock.CreateTimer(_ => limiter.Dispose(), null, TimeSpan.FromSeconds(90), Timeout.InfiniteTimeSpan);

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(1_200));

        thrown.Should().BeOfType<ObjectDisposedException>().Which.ObjectName.Should().Contain(nameof(ConcurrencyLimiter));
        outcomes.Should().OnlyContain(outcome => outcome.Succeeded || outcome.Error is ConnectionFailedException);
        outcomes.Select(outcome => outcome.JobId).Order().Should().Equal(runs.Service.IdsGivenOut.Order());
        runs.HandedOver.Order().Should().Equal(runs.Service.IdsGivenOut.Order());
        await runs.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_limiter_that_throws_before_anything_was_started_ends_the_run()
    {
        using var runs = new ManyRuns();
        runs.Limit(_ => new Throwing());

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(100));

        thrown.Should().BeOfType<InvalidDataException>();
        outcomes.Should().BeEmpty();
        await runs.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_limiter_that_throws_for_a_while_delays_the_run_and_is_logged_once_a_row()
    {
        using var runs = new ManyRuns();
        runs.Limit(_ => new FaultyLimiter(asking: number => number is 12 or 13 or 14 or 60 ? new TimeoutException("store") : null));

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(40));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(40).And.OnlyContain(outcome => outcome.Succeeded);
        runs.Log.Of(12).Should().HaveCount(2).And.OnlyContain(line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task A_limiter_whose_store_cancels_its_own_question_is_asked_again()
    {
        using var runs = new ManyRuns();
        runs.Limit(_ => new FaultyLimiter(asking: number => number is 12 ? new TaskCanceledException("store") : null));

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(40));

        thrown.Should().BeNull();
        outcomes.Should().OnlyContain(outcome => outcome.Succeeded);
    }

    [Fact]
    public async Task A_limiter_that_goes_on_throwing_ends_a_wait_as_polls_that_fail_do()
    {
        using var runs = new ManyRuns(options => options.PollFailureTimeout = TimeSpan.FromMinutes(7));
        runs.Limit(_ => new FaultyLimiter(asking: number => number > 5 ? new TimeoutException("store") : null));
        var begun = runs.Clock.GetUtcNow();

        var (_, thrown) = await runs.RunAsync(ManyRuns.Names(40));

        thrown.Should().BeOfType<TimeoutException>();
        (runs.Clock.GetUtcNow() - begun).Should().BeGreaterThan(TimeSpan.FromMinutes(7)).And.BeLessThan(TimeSpan.FromMinutes(9));
        runs.Log.Of(12).Should().ContainSingle();
        await runs.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_lease_that_cannot_be_returned_loses_no_id_and_is_logged()
    {
        using var runs = new ManyRuns();
        runs.Limit(_ => new FaultyLimiter(returning: number => number is 7 or 50 ? new InvalidOperationException("store") : null));

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(40));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(40).And.OnlyContain(outcome => outcome.Succeeded);
        runs.HandedOver.Order().Should().Equal(runs.Service.IdsGivenOut.Order());
        runs.Log.Of(6).Should().HaveCount(2).And.OnlyContain(line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_lease_that_cannot_be_returned_does_not_lose_the_id_of_a_single_start()
    {
        using var runs = new ManyRuns();
        runs.Limit(_ => new FaultyLimiter(returning: _ => new InvalidOperationException("store")));

        var job = await runs.VirtuallyAsync(() => runs.Client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, ManyRuns.Title, null, Token));

        runs.Service.IdsGivenOut.Should().Equal(job.Id);
        runs.Log.Of(6).Should().ContainSingle();
    }

    [Fact]
    public async Task A_wait_that_a_limiter_ends_names_its_job()
    {
        using var runs = new ManyRuns();
        var limiter = runs.Limit(_ => new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 0 }));
        limiter.Dispose();

        var wait = () => runs.VirtuallyAsync(() => runs.Client.Leads.GetJob("job-7").WaitAsync(Token));

        (await wait.Should().ThrowAsync<ConnectionFailedException>()).Which.JobId.Should().Be("job-7");
    }

    private sealed class Never : RateLimiter
    {
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new NotSupportedException();

        protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            throw new InvalidOperationException();
        }
    }

    private sealed class Throwing : RateLimiter
    {
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new InvalidDataException();

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => throw new InvalidDataException();
    }
}
