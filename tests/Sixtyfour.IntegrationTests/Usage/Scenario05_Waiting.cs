using System.Collections.Concurrent;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed class Scenario05_Waiting
{
    [Fact]
    public async Task A_job_is_started_waited_for_and_looked_at_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await StartAsync(TimeSpan.FromMinutes(1));
        using var sixtyfour = emulator.CreateClient();
        var lead = Leads.Nadia;

        Job<Enrichment<Founder>> job = await sixtyfour.Leads.StartAsync<Founder>(lead, new() { Tier = Tier.Medium }, ct);
        var seen = new Seen();
        var found = await emulator.AdvanceUntilAsync(job.WaitAsync(new() { Timeout = TimeSpan.FromMinutes(20), Progress = seen }, ct), ct);

        found.Data.Title.Should().Be("VP Engineering");
        found.JobId.Should().Be(job.Id);
        seen.Statuses.Distinct().Should().Equal(JobStatus.Pending, JobStatus.Running, JobStatus.Completed);
        seen.Elapsed.Should().BeInAscendingOrder();
        emulator.Requests[0].Body!.Value.GetProperty("tier").GetString().Should().Be("medium");
        emulator.ChargedCents.Should().Be(25);
    }

    [Fact]
    public async Task A_wait_that_has_had_its_time_leaves_the_job_running()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await StartAsync(TimeSpan.FromMinutes(5));
        using var sixtyfour = emulator.CreateClient();
        var job = await sixtyfour.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: ct);

        var wait = emulator.AdvanceUntilAsync(job.WaitAsync(TimeSpan.FromMinutes(2), ct), ct);

        var error = (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<JobStillRunningException>()).Which;
        error.JobId.Should().Be(job.Id);
        error.LastSeen!.Status.Should().Be(JobStatus.Running);
        emulator.Jobs[0].Status.Should().Be(JobStatus.Running);
        (await emulator.AdvanceUntilAsync(job.WaitAsync(ct), ct)).Data.Title.Should().Be("VP Engineering", "one may wait again whenever one likes");
    }

    [Fact]
    public async Task A_token_ends_the_waiting_and_never_the_job()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await StartAsync(TimeSpan.FromMinutes(1));
        using var sixtyfour = emulator.CreateClient();
        var job = await sixtyfour.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: ct);
        using var leaving = new CancellationTokenSource();

        var wait = job.WaitAsync(leaving.Token);
        await leaving.CancelAsync();

        (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(leaving.Token);
        emulator.Jobs[0].Status.IsTerminal.Should().BeFalse();
    }

    [Fact]
    public async Task A_job_that_fails_brings_its_last_snapshot()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await StartAsync(TimeSpan.FromMinutes(1));
        emulator.Inject(Fault.FailsTheJob("Nothing is known"), "/enrich-lead-async");
        using var sixtyfour = emulator.CreateClient();
        var job = await sixtyfour.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: ct);

        var wait = emulator.AdvanceUntilAsync(job.WaitAsync(ct), ct);

        var e = (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<JobFailedException>()).Which;
        $"{e.JobId} {e.Snapshot.Status}: {e.Snapshot.Error}".Should().Be($"{job.Id} {emulator.Jobs[0].Status}: Nothing is known");
    }

    [Fact]
    public async Task A_job_that_somebody_stops_ends_the_wait_as_cancelled()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await StartAsync(TimeSpan.FromMinutes(1));
        using var sixtyfour = emulator.CreateClient();
        var job = await sixtyfour.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: ct);
        emulator.Jobs[0].Cancel();

        var wait = emulator.AdvanceUntilAsync(job.WaitAsync(ct), ct);

        await FluentActions.Awaiting(() => wait).Should().ThrowAsync<JobCanceledException>();
    }

    [Fact]
    public async Task Looking_for_oneself_ends_with_the_job()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await StartAsync(TimeSpan.FromSeconds(30));
        using var sixtyfour = emulator.CreateClient();
        var job = await sixtyfour.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: ct);

        var statuses = await emulator.AdvanceUntilAsync(WatchAsync(), ct);

        statuses.Should().HaveCountGreaterThan(2);
        statuses[^1].Should().Be(JobStatus.Completed);
        statuses.SkipLast(1).Should().OnlyContain(status => !status.IsTerminal);

        async Task<List<JobStatus>> WatchAsync()
        {
            var seen = new List<JobStatus>();
            await foreach (JobSnapshot s in job.WatchAsync(ct))      // or look for yourself; ends with the job
            {
                seen.Add(s.Status);
            }

            return seen;
        }
    }

    [Fact]
    public async Task A_stored_id_is_enough_in_another_process()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await StartAsync(TimeSpan.FromMinutes(1));
        string storedId;
        using (var first = emulator.CreateClient())
        {
            storedId = (await first.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: ct)).Id;
        }

        using var sixtyfour = emulator.CreateClient();
        var again = sixtyfour.Leads.GetJob<Founder>(storedId);                                 // any time, any process; sends nothing

        emulator.Requests.Should().ContainSingle();
        (await emulator.AdvanceUntilAsync(again.WaitAsync(ct), ct)).Data.Title.Should().Be("VP Engineering");
        emulator.Jobs.Should().ContainSingle();
    }

    [Fact]
    public async Task A_start_whose_caller_leaves_too_late_still_brings_the_id()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: ct);
        emulator.Inject(Fault.Delays(TimeSpan.FromMilliseconds(300)), "/enrich-lead-async");
        using var sixtyfour = emulator.CreateClient();
        using var leaving = new CancellationTokenSource();

        var start = sixtyfour.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: leaving.Token);
        await Eventually.TrueAsync(() => emulator.Jobs.Count is 1);
        await leaving.CancelAsync();

        (await start).Id.Should().Be(emulator.Jobs[0].Id);
    }

    [Fact]
    public async Task A_synchronous_call_that_is_cancelled_says_that_its_outcome_is_unknown()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.FromMinutes(4), ct);
        using var sixtyfour = emulator.CreateClient();
        using var leaving = new CancellationTokenSource();

        var call = sixtyfour.Leads.EnrichAsync<Founder>(Leads.Nadia, cancellationToken: leaving.Token);
        await Eventually.TrueAsync(() => emulator.Requests is [{ Body: not null }]);
        await leaving.CancelAsync();

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).WithInnerException<OutcomeUnknownException>();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_leaves_has_run_nowhere()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var sixtyfour = emulator.CreateClient();

        var call = sixtyfour.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: new CancellationToken(canceled: true));

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).Which.InnerException.Should().BeNull();
        emulator.Requests.Should().BeEmpty();
    }

    private static Task<SixtyfourEmulator> StartAsync(TimeSpan runTime) =>
        SixtyfourEmulator.StartAsync(o => (o.ManualClock, o.RunTime) = (true, _ => runTime), TestContext.Current.CancellationToken);

    private sealed class Seen : IProgress<JobSnapshot>
    {
        private readonly ConcurrentQueue<JobSnapshot> _snapshots = new();

        public IEnumerable<JobStatus> Statuses => _snapshots.Select(snapshot => snapshot.Status);

        public IEnumerable<TimeSpan> Elapsed => _snapshots.Select(snapshot => snapshot.Elapsed);

        public void Report(JobSnapshot value) => _snapshots.Enqueue(value);
    }
}
