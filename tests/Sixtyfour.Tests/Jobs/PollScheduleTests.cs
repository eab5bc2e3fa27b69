using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Jobs.Scheduling;

namespace Sixtyfour.Tests.Jobs;

public sealed class PollScheduleTests
{
    private const double Rate = 500;

    private readonly PollSchedule _schedule = new(() => 0.5);

    [Fact]
    public void With_nothing_to_do_it_waits_for_good() => _schedule.Next(At(0), false, Rate).Should().Be(ScheduleStep.Wait(TimeSpan.MaxValue));

    [Fact]
    public void A_job_of_unknown_age_is_looked_at_now()
    {
        var job = Add(At(0), start: null);

        _schedule.Next(At(0), false, Rate).Should().Be(ScheduleStep.Look(job));
    }

    [Fact]
    public void A_job_alone_is_looked_at_gently_and_never_left_for_ten_seconds()
    {
        var job = Add(At(0), start: At(0));
        var looks = Course(job, until: 600);

        looks.Zip(looks.Skip(1), (one, next) => next - one).Max().Should().BeLessThan(9.6);
        looks.Count(look => look < 120).Should().BeLessThan(25);
    }

    [Fact]
    public void A_job_that_somebody_waits_for_is_looked_at_sooner_while_it_is_young()
    {
        var job = Add(At(0), start: null, isAttended: true);
        var looks = Course(job, until: 120);

        looks[..4].Should().BeEquivalentTo([0, 2, 4, 6], options => options.WithStrictOrdering().Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 0.05)).WhenTypeIs<double>());
        looks.Count.Should().BeLessThan(30);
    }

    [Fact]
    public void Many_jobs_are_not_looked_at_before_a_look_is_worth_it()
    {
        for (var i = 0; i < 400; i++)
        {
            Add(At(0), start: At(0));
        }

        var looks = 0;
        for (var now = 0.0; now < 30; now += 0.1)
        {
            for (var step = _schedule.Next(At(now), false, Rate); step.Job is { } job; step = _schedule.Next(At(now), false, Rate))
            {
                _schedule.Take(step, At(now));
                _schedule.Unfinished(job, At(now));
                looks++;
            }
        }

        looks.Should().BeLessThan(200, "courtesy looks take a quarter of the limit at most, and in the first half minute hardly any job ends");
    }

    [Fact]
    public void Starts_go_first_as_long_as_the_open_jobs_fit_into_the_longest_run()
    {
        for (var i = 0; i < 4_999; i++)
        {
            Add(At(0), start: At(0));
        }

        _schedule.Next(At(599), true, Rate).Action.Should().Be(ScheduleAction.Start);
        for (var i = 0; i < 10; i++)
        {
            Add(At(0), start: At(0));
        }

        _schedule.Next(At(599), true, Rate).Action.Should().Be(ScheduleAction.Look, "more jobs than the limit can look at in 10 minutes, and this one has surely ended");
        _schedule.Next(At(10), true, Rate).Action.Should().Be(ScheduleAction.Start, "none is likely to have ended");
    }

    [Fact]
    public void News_and_starts_take_turns()
    {
        var jobs = Enumerable.Range(0, 3).Select(_ => Add(At(0), start: At(0))).ToList();
        jobs.ForEach(_schedule.Notify);

        var actions = new List<ScheduleAction>();
        for (var i = 0; i < 6; i++)
        {
            var step = _schedule.Next(At(1), true, Rate);
            _schedule.Take(step, At(1));
            actions.Add(step.Action);
        }

        actions.Should().Equal(ScheduleAction.Look, ScheduleAction.Start, ScheduleAction.Look, ScheduleAction.Start, ScheduleAction.Look, ScheduleAction.Start);
    }

    [Fact]
    public void Somebody_who_waits_is_served_beside_a_batch_that_is_being_started()
    {
        var job = Add(At(0), start: null, isAttended: true);
        var looks = 0;
        for (var now = 0.0; now < 120; now += 0.12)
        {
            var step = _schedule.Next(At(now), true, Rate);
            _schedule.Take(step, At(now));
            if (step.Job is not null)
            {
                looks++;
                _schedule.Unfinished(job, At(now));
            }
        }

        looks.Should().BeInRange(12, 30);
    }

    [Fact]
    public void A_job_with_a_webhook_on_the_way_is_looked_at_once_a_minute()
    {
        var job = Add(At(0), start: null, isAttended: true, expectsWebhook: true);

        Course(job, until: 230).Should().BeEquivalentTo([0.0, 60, 120, 180, 240], options => options.WithStrictOrdering().Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 1)).WhenTypeIs<double>());
    }

    [Fact]
    public void News_that_come_during_a_look_cause_another()
    {
        var job = Add(At(0), start: null);
        Take(job, At(0));

        _schedule.Notify(job);
        _schedule.Unfinished(job, At(0));

        _schedule.Next(At(0.1), false, Rate).Should().Be(ScheduleStep.Look(job));
    }

    [Fact]
    public void After_a_failure_it_is_left_alone_until_its_time()
    {
        var job = Add(At(0), start: null);
        Take(job, At(0));
        _schedule.Failed(job, At(30));

        _schedule.Next(At(29), false, Rate).Should().Be(ScheduleStep.Wait(At(30)));
        _schedule.Next(At(30), false, Rate).Should().Be(ScheduleStep.Look(job));
    }

    [Fact]
    public void A_job_that_nobody_waits_for_is_gone_wherever_it_was()
    {
        var jobs = Enumerable.Range(0, 4).Select(i => Add(At(0), start: i < 2 ? At(0) : null)).ToList();
        Take(jobs[2], At(0));
        jobs.ForEach(_schedule.Remove);
        _schedule.Unfinished(jobs[2], At(1));

        _schedule.Open.Should().Be(0);
        _schedule.Next(At(1_000), false, Rate).Should().Be(ScheduleStep.Wait(TimeSpan.MaxValue));
    }

    [Fact]
    public void A_start_in_the_year_1_is_only_very_old()
    {
        var job = Add(At(0), start: null);
        _schedule.Take(_schedule.Next(At(0), false, Rate), At(0));

        _schedule.Unfinished(job, At(0), TimeSpan.FromDays(-2_025 * 365));

        _schedule.Next(At(30), false, Rate).Job.Should().BeSameAs(job);
    }

    [Fact]
    public void It_learns_how_long_jobs_run()
    {
        var model = new RunTimeModel();
        model.Look(0, 20).Chance.Should().BeLessThan(0.01);

        for (var i = 0; i < 200; i++)
        {
            model.Unfinished(0, 10);
            model.Finished(10, 20);
        }

        model.Look(10, 20).Chance.Should().BeGreaterThan(0.8);
    }

    [Theory]
    [InlineData(60, 0.1066)]
    [InlineData(120, 0.5)]
    [InlineData(300, 0.95)]
    public void It_begins_with_the_documented_figures(double age, double ended) => new RunTimeModel().Look(0, age).Chance.Should().BeApproximately(ended, 0.01);

    [Fact]
    public void Chance_and_worth_only_grow_with_time_whatever_was_seen() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var model = new RunTimeModel();
            for (var i = 0; i < 300; i++)
            {
                var from = random.NextDouble() * 2_000;
                var to = from + (random.NextDouble() * random.Next(1, 1_000));
                if (random.Next(2) is 0)
                {
                    model.Finished(from, to);
                }
                else
                {
                    model.Unfinished(from, to);
                }
            }

            var begin = random.NextDouble() * 1_500;
            var last = model.Look(begin, begin);
            for (var age = begin; age < begin + 5_000; age += 1 + (age / 20))
            {
                var next = model.Look(begin, age);
                if (!(next.Chance >= last.Chance - 1e-9 && next.Worth >= last.Worth - 1e-6 && next.Unseen >= last.Unseen - 1e-6 && next.Chance <= 1))
                {
                    return false;
                }

                last = next;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure);

    // Jobs that end, fail, get news, join and leave in any order: whoever stays is looked at in the end, and nothing is looked at twice at once.
    [Fact]
    public void Nobody_starves() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var schedule = new PollSchedule(random.NextDouble);
            var open = new Dictionary<FakeJob, TimeSpan>();
            var asked = new List<FakeJob>();
            var now = 0.0;
            var longest = 0.0;
            for (var step = 0; step < 6_000; step++)
            {
                now += random.NextDouble() * 0.24;
                // About as many come as the limit can start and look at.
                if (random.Next(3) is 0 && step < 3_000)
                {
                    var job = new FakeJob { IsAttended = random.Next(10) is 0 };
                    schedule.Add(job, $"{random.Next(3)}", At(now), random.Next(3) is 0 ? null : At(now));
                    open.Add(job, At(now));
                }

                if (random.Next(50) is 0 && open.Count > 0)
                {
                    schedule.Notify(open.Keys.ElementAt(random.Next(open.Count)));
                }

                if (random.Next(200) is 0 && open.Count > 0)
                {
                    var leaver = open.Keys.ElementAt(random.Next(open.Count));
                    open.Remove(leaver);
                    asked.Remove(leaver);
                    schedule.Remove(leaver);
                }

                var next = schedule.Next(At(now), random.Next(4) is 0, Rate);
                if (next.Action is not ScheduleAction.Wait)
                {
                    schedule.Take(next, At(now));
                }

                if (next.Job is FakeJob looked)
                {
                    if (asked.Contains(looked) || !open.TryGetValue(looked, out var since))
                    {
                        return false;
                    }

                    longest = Math.Max(longest, now - since.TotalSeconds);
                    open[looked] = At(now);
                    asked.Add(looked);
                }

                while (asked.Count > 3)
                {
                    var done = asked[0];
                    asked.RemoveAt(0);
                    if (random.Next(3) is 0)
                    {
                        schedule.Finished(done, At(now));
                        open.Remove(done);
                    }
                    else if (random.Next(10) is 0)
                    {
                        schedule.Failed(done, At(now + 5));
                    }
                    else
                    {
                        schedule.Unfinished(done, At(now));
                    }
                }
            }

            return schedule.Open == open.Count && longest < 900;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private FakeJob Add(TimeSpan now, TimeSpan? start, bool isAttended = false, bool expectsWebhook = false)
    {
        var job = new FakeJob { IsAttended = isAttended, ExpectsWebhook = expectsWebhook };
        _schedule.Add(job, "person:low", now, start);
        return job;
    }

    private void Take(FakeJob job, TimeSpan now)
    {
        var step = _schedule.Next(now, false, Rate);
        step.Job.Should().Be(job);
        _schedule.Take(step, now);
    }

    // When a job that does not end is looked at.
    private List<double> Course(FakeJob job, double until)
    {
        var looks = new List<double>();
        for (var step = _schedule.Next(At(0), false, Rate); looks.LastOrDefault() < until;)
        {
            var now = step.Action is ScheduleAction.Wait ? step.LookAgain : At(looks.LastOrDefault());
            step = _schedule.Next(now, false, Rate);
            if (step.Job is not null)
            {
                _schedule.Take(step, now);
                _schedule.Unfinished(job, now);
                looks.Add(now.TotalSeconds);
                step = _schedule.Next(now, false, Rate);
            }
        }

        return looks;
    }

    private sealed class FakeJob : ScheduledJob;
}
