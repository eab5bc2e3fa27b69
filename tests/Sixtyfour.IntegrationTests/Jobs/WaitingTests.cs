using System.Net;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Jobs;

/// <summary>Waiting over real sockets, minutes in no time on the emulator's clock.</summary>
public sealed class WaitingTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(37)]
    [InlineData(240)]
    [InlineData(590)]
    public async Task A_finished_job_is_seen_within_ten_seconds(int runTimeSeconds)
    {
        await using var api = await WithJobsOf(TimeSpan.FromSeconds(runTimeSeconds));
        var begun = api.Emulator.Clock.GetUtcNow();

        var job = await api.PaidStartAsync();
        var found = await api.Emulator.AdvanceUntilAsync(job.WaitAsync(Api.Token), Api.Token);

        (api.Emulator.Clock.GetUtcNow() - begun).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(runTimeSeconds))
            .And.BeLessThan(TimeSpan.FromSeconds(runTimeSeconds + 10));
        found["title"].AsString().Should().NotBeNullOrEmpty();
        found.JobId.Should().Be(job.Id);
        found.ChargeCents.Should().Be(10);
    }

    [Fact]
    public async Task A_job_is_resumed_by_its_id_with_another_client()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(1));
        var id = (await api.PaidStartAsync()).Id;
        using var another = Api.CreateClient(api.Emulator);

        var found = await api.Emulator.AdvanceUntilAsync(another.Leads.GetJob(id).WaitAsync(Api.Token), Api.Token);

        found.JobId.Should().Be(id);
        api.Emulator.Jobs.Should().ContainSingle();
    }

    [Fact]
    public async Task A_job_is_asked_about_once_for_all_who_wait_for_it()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(2));
        var job = await api.PaidStartAsync();

        var all = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => job.WaitAsync(Api.Token)));
        await api.Emulator.AdvanceUntilAsync(all, Api.Token);

        api.Emulator.CountRequests("/job-status/*").Should().BeLessThan(40);
    }

    [Fact]
    public async Task A_wait_survives_looks_that_fail_in_passing()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(1));
        var job = await api.PaidStartAsync();
        api.Emulator.Inject(Fault.DoesNotKnowTheJob(), "/job-status/*", times: 2);
        api.Emulator.Inject(Fault.Status(HttpStatusCode.RequestTimeout), "/job-status/*");
        api.Emulator.Inject(Fault.RateLimited(TimeSpan.FromSeconds(5)), "/job-status/*", times: 2);
        api.Emulator.Inject(Fault.Status(HttpStatusCode.InternalServerError), "/job-status/*");
        api.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway), "/job-status/*");
        api.Emulator.Inject(Fault.LosesTheAnswer(), "/job-status/*");
        api.Emulator.Inject(Fault.TruncatesTheBody(5), "/job-status/*");

        var found = await api.Emulator.AdvanceUntilAsync(job.WaitAsync(Api.Token), Api.Token);

        found.JobId.Should().Be(job.Id);
        api.Emulator.FaultsLeft.Should().Be(0);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_wait_ends_where_asking_again_cannot_help_and_names_the_job(HttpStatusCode status)
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(1));
        var job = await api.PaidStartAsync();
        api.Emulator.Inject(Fault.Status(status), "/job-status/*");

        var wait = () => api.Emulator.AdvanceUntilAsync(job.WaitAsync(Api.Token), Api.Token);

        (await wait.Should().ThrowAsync<SixtyfourApiException>()).Which.JobId.Should().Be(job.Id);
    }

    [Fact]
    public async Task An_unknown_id_ends_the_wait_after_half_a_minute()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(1));
        var begun = api.Emulator.Clock.GetUtcNow();

        var wait = () => api.Emulator.AdvanceUntilAsync(api.Client.Leads.GetJob("no-such-job").WaitAsync(Api.Token), Api.Token);

        var error = (await wait.Should().ThrowAsync<SixtyfourApiException>()).Which;
        error.StatusCode.Should().Be(HttpStatusCode.NotFound);
        error.JobId.Should().Be("no-such-job");
        // Looks after 1, 2, 4, 8 and 16 seconds, give or take a tenth, come to about 30; the one after that is 30 seconds later.
        (api.Emulator.Clock.GetUtcNow() - begun).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30)).And.BeLessThan(TimeSpan.FromSeconds(75));
    }

    [Fact]
    public async Task A_failed_job_ends_in_an_exception_with_id_status_and_the_services_words()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(1));
        api.Emulator.Inject(Fault.FailsTheJob("Research could not be completed"));
        var job = await api.PaidStartAsync();

        var wait = () => api.Emulator.AdvanceUntilAsync(job.WaitAsync(Api.Token), Api.Token);

        var error = (await wait.Should().ThrowAsync<JobFailedException>()).Which;
        error.Message.Should().StartWith($"Job {job.Id} ended as 'failed': Research could not be completed. ");
        error.Snapshot.Error.Should().Be("Research could not be completed");
        error.JobId.Should().Be(job.Id);
        error.Snapshot.Status.Should().Be(JobStatus.Failed);
        error.IsSafeToRepeat.Should().BeFalse();
    }

    [Fact]
    public async Task A_wait_has_a_limit_of_its_own_and_the_job_goes_on()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(5));
        var job = await api.PaidStartAsync();

        var wait = () => api.Emulator.AdvanceUntilAsync(job.WaitAsync(TimeSpan.FromMinutes(1), Api.Token), Api.Token);

        var error = (await wait.Should().ThrowAsync<JobStillRunningException>()).Which;
        error.JobId.Should().Be(job.Id);
        error.Limit.Should().Be(TimeSpan.FromMinutes(1));
        error.LastSeen!.Status.IsTerminal.Should().BeFalse();
        (await api.Emulator.AdvanceUntilAsync(job.WaitAsync(Api.Token), Api.Token)).JobId.Should().Be(job.Id);
    }

    [Fact]
    public async Task Progress_and_watching_see_the_same_course_of_things()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(1));
        var job = await api.PaidStartAsync();
        var reported = new List<JobSnapshot>();
        var watched = new List<JobSnapshot>();

        var waiting = job.WaitAsync(new() { Progress = new Direct(reported.Add) }, Api.Token);
        await api.Emulator.AdvanceUntilAsync(Task.WhenAll(waiting, WatchAsync()), Api.Token);

        watched.Select(s => s.Status.Value).Should().Equal(reported.Select(s => s.Status.Value)).And.EndWith("completed");
        watched.Select(s => s.Elapsed).Should().BeInAscendingOrder();
        watched.SkipLast(1).Should().OnlyContain(s => !s.Status.IsTerminal);

        async Task WatchAsync()
        {
            await foreach (var snapshot in job.WatchAsync(Api.Token))
            {
                watched.Add(snapshot);
            }
        }
    }

    [Fact]
    public async Task Leaving_a_wait_names_the_job_and_stops_the_looking()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(5));
        var job = await api.PaidStartAsync();
        using var caller = new CancellationTokenSource();
        var wait = job.WaitAsync(caller.Token);
        await Eventually.TrueAsync(() => api.Emulator.CountRequests("/job-status/*") is 1);

        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<OperationCanceledException>()).Which.Message.Should().Contain(job.Id);
        api.Emulator.Advance(TimeSpan.FromMinutes(3));
        api.Emulator.CountRequests("/job-status/*").Should().Be(1);
        api.Emulator.Jobs.Single().Status.Should().NotBe(JobStatus.Canceled);
    }

    [Fact]
    public async Task A_notified_job_is_asked_about_at_once()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(5));
        var job = await api.PaidStartAsync();
        var wait = job.WaitAsync(new() { ExpectWebhook = true }, Api.Token);
        // Answered, not only arrived: else the end might be in this very answer.
        await Eventually.TrueAsync(() => api.Emulator.Requests.Any(request => request.Path == $"/job-status/{job.Id}" && request.StatusCode is 200));

        api.Emulator.Jobs.Single().Complete();
        api.Client.Jobs.Notify(job.Id);
        api.Client.Jobs.Notify("an id nobody waits for");

        (await wait).JobId.Should().Be(job.Id);
        api.Emulator.CountRequests("/job-status/*").Should().Be(2);
    }

    [Fact]
    public async Task A_wait_that_expects_a_webhook_looks_once_a_minute()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(5));
        var job = await api.PaidStartAsync();

        await api.Emulator.AdvanceUntilAsync(job.WaitAsync(new() { ExpectWebhook = true }, Api.Token), Api.Token);

        api.Emulator.CountRequests("/job-status/*").Should().BeInRange(5, 8);
    }

    [Fact]
    public async Task A_webhook_that_was_ahead_of_the_status_does_not_leave_the_wait_asking_once_a_minute()
    {
        await using var api = await WithJobsOf(TimeSpan.FromSeconds(70));
        var job = await api.PaidStartAsync();
        var begun = api.Emulator.Clock.GetUtcNow();
        var wait = job.WaitAsync(new() { ExpectWebhook = true }, Api.Token);
        await Eventually.TrueAsync(() => api.Emulator.CountRequests("/job-status/*") is 1);

        api.Client.Jobs.Notify(job.Id);
        await api.Emulator.AdvanceUntilAsync(wait, Api.Token);

        (api.Emulator.Clock.GetUtcNow() - begun).Should().BeLessThan(TimeSpan.FromSeconds(85), "no other webhook is going to come");
    }

    [Fact]
    public async Task Disposing_the_client_ends_its_waits_with_the_names_of_the_jobs()
    {
        await using var api = await WithJobsOf(TimeSpan.FromMinutes(5));
        var job = await api.PaidStartAsync();
        var wait = job.WaitAsync(Api.Token);
        await Eventually.TrueAsync(() => api.Emulator.CountRequests("/job-status/*") is 1);

        api.Client.Dispose();

        (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<ObjectDisposedException>()).Which.Message.Should().Contain(job.Id);
        await FluentActions.Awaiting(() => job.WaitAsync(Api.Token)).Should().ThrowAsync<ObjectDisposedException>();
    }

    private static Task<Api> WithJobsOf(TimeSpan runTime) => Api.StartAsync(emulator: o =>
    {
        o.ManualClock = true;
        o.RunTime = _ => runTime;
    });

    private sealed class Direct(Action<JobSnapshot> report) : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value) => report(value);
    }
}
