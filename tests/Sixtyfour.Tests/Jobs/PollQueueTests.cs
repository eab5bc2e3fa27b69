using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Tests.Jobs;

public sealed class PollQueueTests
{
    private const double Rate = 500;

    private readonly PollQueue _queue = new(() => 0.5);

    [Fact]
    public void With_nothing_to_do_it_waits_for_good() => _queue.Next(At(0), false, Rate).Should().Be(PollStep.Wait(TimeSpan.MaxValue));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_job_of_unknown_age_is_polled_at_once(bool isSingleWait)
    {
        var job = Add(At(0), start: null, isSingleWait);

        _queue.Next(At(0), false, Rate).Should().Be(PollStep.Poll(job));
    }

    [Fact]
    public void A_job_that_a_caller_waits_for_is_polled_at_once_and_then_every_8_5_seconds()
    {
        var job = Add(At(0), start: At(0), isSingleWait: true);

        Polls(job, until: 600).Should().BeEquivalentTo(Enumerable.Range(0, 71).Select(i => i * 8.5), InOrder);
    }

    [Theory]
    [InlineData(1, 8.5)]
    [InlineData(35, 8.5)]
    [InlineData(70, 17)]
    [InlineData(125, 30)]
    [InlineData(500, 30)]
    public void The_more_callers_wait_the_longer_the_intervals_of_old_jobs(int waits, double interval)
    {
        var job = Add(At(0), start: At(-1_000), isSingleWait: true);
        for (var i = 1; i < waits; i++)
        {
            Add(At(0), start: At(0), isSingleWait: true);
        }

        PollAndWait(job, At(0)).Should().BeApproximately(interval, 0.2);
    }

    [Theory]
    [InlineData(10, 8.5)]
    [InlineData(30, 10)]
    [InlineData(60, 20)]
    [InlineData(1_000, 30)]
    public void The_interval_is_a_third_of_the_age_where_many_are_open(double age, double interval)
    {
        for (var i = 0; i < 1_000; i++)
        {
            Add(At(0), start: At(0), isSingleWait: true);
        }

        PollAndWait(Add(At(0), start: At(-age), isSingleWait: true), At(0)).Should().BeApproximately(interval, 0.01);
    }

    [Fact]
    public void Without_a_limit_of_requests_intervals_stay_short()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Add(At(0), start: At(0), isSingleWait: true);
        }

        PollAndWait(Add(At(0), start: At(-1_000), isSingleWait: true), At(0), double.PositiveInfinity).Should().Be(8.5);
    }

    [Fact]
    public void Of_a_batch_eight_jobs_are_polled_until_one_has_ended_and_the_others_not_before_they_are_a_minute_old()
    {
        var jobs = AddBatch(100);

        var polls = PollUntil(59.9);

        polls.Select(p => p.Job).Distinct().Should().BeEquivalentTo(jobs.Take(8));
        polls.Take(8).Select(p => p.At)
            .Should().BeEquivalentTo(Enumerable.Range(1, 8).Select(i => i * 8.5 / 8), InOrder, "they share the first interval out among themselves");
        polls.Should().HaveCount(8 * 7);
        _queue.Next(At(60), false, Rate).Job.Should().BeSameAs(jobs[8]);
    }

    [Fact]
    public void Once_a_run_was_seen_all_that_have_reached_its_length_are_polled_at_once()
    {
        var jobs = AddBatch(100);
        PollUntil(30);
        End(jobs[0], seen: At(31));

        PollUntil(31).Select(p => p.Job).Should().BeEquivalentTo(jobs.Skip(1));
        var late = Add(At(40), start: At(40));
        PollUntil(200).First(p => p.Job == late).At.Should().Be(71);
    }

    [Fact]
    public void A_run_of_more_than_a_minute_keeps_no_job_from_being_polled_when_it_is_a_minute_old()
    {
        var jobs = AddBatch(10);
        PollUntil(299);
        End(jobs[0], seen: At(300));

        var late = Add(At(300), start: At(300));

        PollUntil(400).First(p => p.Job == late).At.Should().Be(360);
    }

    [Fact]
    public void A_job_that_failed_says_nothing_about_how_long_jobs_run()
    {
        var jobs = AddBatch(20);
        PollUntil(5);
        End(jobs[0], seen: At(5), isSuccess: false);

        PollUntil(59.9).Select(p => p.Job).Distinct().Should().BeEquivalentTo(jobs.Skip(1).Take(7));
    }

    [Fact]
    public void What_a_batch_has_shown_is_forgotten_with_its_last_job()
    {
        var jobs = AddBatch(10);
        PollUntil(5);
        End(jobs[0], seen: At(5));
        jobs.Skip(1).ToList().ForEach(_queue.Remove);

        var later = Enumerable.Range(0, 10).Select(_ => Add(At(100), start: At(100))).ToList();

        PollUntil(159.9).Select(p => p.Job).Distinct().Should().BeEquivalentTo(later.Take(8));
    }

    [Fact]
    public void Kinds_know_nothing_of_each_other()
    {
        var quick = Add(At(0), start: At(0), kind: "person:micro");
        AddBatch(20);
        PollUntil(3);
        End(quick, seen: At(3));

        PollUntil(59.9).Select(p => p.Job).Distinct().Should().HaveCount(8);
    }

    [Fact]
    public void Starts_go_before_a_batch_as_long_as_its_jobs_can_be_polled_within_the_longest_run()
    {
        AddBatch(4_999);

        _queue.Next(At(599), true, Rate).Action.Should().Be(PollAction.Start);
        AddBatch(10);

        _queue.Next(At(599), true, Rate).Action.Should().Be(PollAction.Poll);
        _queue.Next(At(0.5), true, Rate).Action.Should().Be(PollAction.Start, "none is due");
    }

    [Fact]
    public void What_a_caller_waits_for_takes_every_other_request_at_most()
    {
        for (var i = 0; i < 3; i++)
        {
            Add(At(0), start: null, isSingleWait: true);
        }

        Actions(6, startWaits: true).Should().Equal(PollAction.Poll, PollAction.Start, PollAction.Poll, PollAction.Start, PollAction.Poll, PollAction.Start);
    }

    [Fact]
    public void Single_waits_go_before_a_batch_and_the_batch_goes_on()
    {
        var batch = AddBatch(100, start: At(-600));
        _queue.Remove(batch[0]);
        var single = Enumerable.Range(0, 3).Select(_ => Add(At(0), start: null, isSingleWait: true)).ToList();

        var polled = Enumerable.Range(0, 6).Select(_ => TakeNext(At(0), startWaits: false)).ToList();

        polled.Where((_, i) => i % 2 is 0).Should().BeEquivalentTo(single);
        polled.Where((_, i) => i % 2 is 1).Should().BeSubsetOf(batch);
    }

    [Fact]
    public void A_notified_job_is_polled_at_once_and_then_like_a_single_wait()
    {
        var jobs = AddBatch(20);
        _queue.Notify(jobs[15], At(3));

        TakeNext(At(3), startWaits: false).Should().BeSameAs(jobs[15]);
        _queue.Unfinished(jobs[15], At(3));

        PollUntil(30).Where(p => p.Job == jobs[15]).Select(p => p.At).Should().BeEquivalentTo([11.5, 20, 28.5], InOrder);
    }

    [Fact]
    public void A_notification_during_a_poll_causes_another()
    {
        var job = Add(At(0), start: null);
        TakeNext(At(0), startWaits: false);

        _queue.Notify(job, At(0));
        _queue.Unfinished(job, At(0));

        _queue.Next(At(0), false, Rate).Should().Be(PollStep.Poll(job));
    }

    [Fact]
    public void A_job_with_a_webhook_on_the_way_is_polled_once_a_minute()
    {
        var job = Add(At(0), start: null, isSingleWait: true, expectsWebhook: true);

        Polls(job, until: 250).Should().BeEquivalentTo([0.0, 60, 120, 180, 240], InOrder);
    }

    [Fact]
    public void After_a_failed_poll_it_is_left_alone_until_its_time()
    {
        var job = Add(At(0), start: null);
        TakeNext(At(0), startWaits: false);
        _queue.Failed(job, At(30));
        _queue.Refresh(job);

        _queue.Next(At(29), false, Rate).Should().Be(PollStep.Wait(At(30)));
        _queue.Next(At(30), false, Rate).Should().Be(PollStep.Poll(job));
    }

    [Fact]
    public void A_job_that_is_no_longer_waited_for_is_gone_wherever_it_was()
    {
        var jobs = Enumerable.Range(0, 4).Select(i => Add(At(0), start: i < 2 ? At(0) : null)).ToList();
        TakeNext(At(0), startWaits: false).Should().BeSameAs(jobs[2]);
        jobs.ForEach(_queue.Remove);
        _queue.Unfinished(jobs[2], At(1));
        _queue.Notify(jobs[3], At(1));

        _queue.Open.Should().Be(0);
        _queue.Next(At(1_000), false, Rate).Should().Be(PollStep.Wait(TimeSpan.MaxValue));
    }

    [Fact]
    public void A_batch_job_that_a_caller_begins_to_wait_for_is_polled_like_a_single_wait()
    {
        var jobs = AddBatch(20);
        jobs[15].IsSingleWait = true;
        _queue.Refresh(jobs[15]);

        PollUntil(10).Should().Contain(p => p.Job == jobs[15] && p.At == 8.5);
    }

    [Fact]
    public void A_start_in_the_year_1_is_only_very_old()
    {
        var job = Add(At(0), start: null);
        TakeNext(At(0), startWaits: false);

        _queue.Unfinished(job, At(0), TimeSpan.FromDays(-2_025 * 365));

        _queue.Next(At(8.5), false, Rate).Job.Should().BeSameAs(job);
    }

    // Jobs that end, fail, are notified, join and leave in any order: those that stay are polled in the end, and none is polled twice at once.
    [Fact]
    public void No_job_starves() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var queue = new PollQueue(random.NextDouble);
            var open = new Dictionary<FakeJob, TimeSpan>();
            var polled = new List<FakeJob>();
            var now = 0.0;
            var longest = 0.0;
            for (var step = 0; step < 6_000; step++)
            {
                now += random.NextDouble() * 0.24;
                // About as many come as the limit can start and poll.
                if (random.Next(3) is 0 && step < 3_000)
                {
                    var job = new FakeJob { IsSingleWait = random.Next(10) is 0 };
                    queue.Add(job, $"{random.Next(3)}", At(now), random.Next(3) is 0 ? null : At(now));
                    open.Add(job, At(now));
                }

                if (random.Next(50) is 0 && open.Count > 0)
                {
                    queue.Notify(open.Keys.ElementAt(random.Next(open.Count)), At(now));
                }

                if (random.Next(200) is 0 && open.Count > 0)
                {
                    var leaver = open.Keys.ElementAt(random.Next(open.Count));
                    open.Remove(leaver);
                    polled.Remove(leaver);
                    queue.Remove(leaver);
                }

                var next = queue.Next(At(now), random.Next(4) is 0, Rate);
                if (next.Action is not PollAction.Wait)
                {
                    queue.Take(next);
                }

                if (next.Job is FakeJob chosen)
                {
                    if (polled.Contains(chosen) || !open.TryGetValue(chosen, out var since))
                    {
                        return false;
                    }

                    longest = Math.Max(longest, now - since.TotalSeconds);
                    open[chosen] = At(now);
                    polled.Add(chosen);
                }

                while (polled.Count > 3)
                {
                    var done = polled[0];
                    polled.RemoveAt(0);
                    if (random.Next(3) is 0)
                    {
                        queue.Finished(done, At(now), random.Next(3) > 0);
                        open.Remove(done);
                    }
                    else if (random.Next(10) is 0)
                    {
                        queue.Failed(done, At(now + 5));
                    }
                    else
                    {
                        queue.Unfinished(done, At(now));
                    }
                }
            }

            return queue.Open == open.Count && longest < 900;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    // A wait that is too short would poll in circles, one that is too long would leave a job.
    [Fact]
    public void It_waits_exactly_until_a_job_is_due() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var queue = new PollQueue(random.NextDouble);
            for (var i = random.Next(1, 60); i > 0; i--)
            {
                var job = new FakeJob { IsSingleWait = random.Next(2) is 0, ExpectsWebhook = random.Next(5) is 0 };
                queue.Add(job, $"{random.Next(3)}", At(0), random.Next(4) is 0 ? null : At(-200 * random.NextDouble()));
            }

            var now = At(0);
            for (var i = 0; i < 500; i++)
            {
                var step = queue.Next(now, false, Rate);
                if (step.Action is PollAction.Wait)
                {
                    if (step.Until <= now || queue.Next(step.Until - TimeSpan.FromTicks(1), false, Rate).Action is not PollAction.Wait
                        || queue.Next(step.Until, false, Rate).Action is not PollAction.Poll)
                    {
                        return false;
                    }

                    now = step.Until;
                    continue;
                }

                queue.Take(step);
                queue.Unfinished(step.Job!, now);
            }

            return true;
        }).Check(Config.QuickThrowOnFailure);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static FluentAssertions.Equivalency.EquivalencyAssertionOptions<double> InOrder(
        FluentAssertions.Equivalency.EquivalencyAssertionOptions<double> options) =>
        options.WithStrictOrdering().Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 0.001)).WhenTypeIs<double>();

    private FakeJob Add(TimeSpan now, TimeSpan? start, bool isSingleWait = false, bool expectsWebhook = false, string kind = "person:low")
    {
        var job = new FakeJob { IsSingleWait = isSingleWait, ExpectsWebhook = expectsWebhook };
        _queue.Add(job, kind, now, start);
        return job;
    }

    private List<FakeJob> AddBatch(int jobs, TimeSpan? start = null) => [.. Enumerable.Range(0, jobs).Select(_ => Add(At(0), start ?? At(0)))];

    private FakeJob TakeNext(TimeSpan now, bool startWaits, double rate = Rate)
    {
        var step = _queue.Next(now, startWaits, rate);
        _queue.Take(step);
        return (FakeJob)step.Job!;
    }

    private List<PollAction> Actions(int count, bool startWaits)
    {
        var actions = new List<PollAction>();
        for (var i = 0; i < count; i++)
        {
            var step = _queue.Next(At(1), startWaits, Rate);
            _queue.Take(step);
            actions.Add(step.Action);
        }

        return actions;
    }

    private void End(FakeJob job, TimeSpan seen, bool isSuccess = true)
    {
        _queue.Notify(job, seen);
        TakeNext(seen, startWaits: false).Should().BeSameAs(job);
        _queue.Finished(job, seen, isSuccess);
    }

    // Seconds to the next poll of a job that is polled now.
    private double PollAndWait(FakeJob job, TimeSpan now, double rate = Rate)
    {
        _queue.Notify(job, now);
        while (TakeNext(now, startWaits: false, rate) is var taken && taken != job)
        {
            _queue.Unfinished(taken, now);
        }

        _queue.Unfinished(job, now);
        return (job.DueAt - now).TotalSeconds;
    }

    // When a job that does not end is polled.
    private List<double> Polls(FakeJob job, double until) => [.. PollUntil(until).Where(p => p.Job == job).Select(p => p.At)];

    // Polls everything as it becomes due; nothing ends.
    private List<(FakeJob Job, double At)> PollUntil(double until)
    {
        var polls = new List<(FakeJob Job, double At)>();
        for (var now = At(0); now <= At(until);)
        {
            var step = _queue.Next(now, false, Rate);
            if (step.Job is FakeJob job)
            {
                _queue.Take(step);
                _queue.Unfinished(job, now);
                polls.Add((job, now.TotalSeconds));
            }
            else
            {
                now = step.Until;
            }
        }

        return polls;
    }

    private sealed class FakeJob : QueuedJob
    {
        public override string ToString() => $"{State} since {Start}";
    }
}
