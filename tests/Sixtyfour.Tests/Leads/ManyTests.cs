using System.Net;
using Microsoft.Extensions.Logging;
using Sixtyfour.Http;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Leads;

/// <summary>Many-runs, minutes in no time over a service made of a dictionary.</summary>
public sealed class ManyTests : IDisposable
{
    private static readonly EnrichmentStruct Title = new() { ["title"] = "Job title" };

    private readonly FakeClock _clock = new();
    private readonly CapturedLog _log = new();
    private readonly VirtualService _service;
    private readonly HttpClient _http;
    private readonly SixtyfourClient _client;

    public ManyTests()
    {
        _service = new(_clock);
        _http = new(_service) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new SixtyfourClientOptions { ApiKey = TestClients.Key, Endpoint = new("https://api.sixtyfour.test"), TimeProvider = _clock };
        _client = new(options, () => options, () => _http, _log);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
        _service.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Each_outcome_carries_its_own_input_and_result()
    {
        var outcomes = await RunAsync(Names(40));

        outcomes.Should().HaveCount(40).And.OnlyContain(outcome => outcome.Succeeded);
        foreach (var outcome in outcomes)
        {
            outcome.Result!["title"].AsString().Should().Be($"Title of {outcome.Input}");
            outcome.Input.Should().Be($"person {outcome.Index}");
            outcome.Result.JobId.Should().Be(outcome.JobId);
        }

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Outcomes_come_as_jobs_finish()
    {
        _service.RunTime = name => name is "person 0" ? TimeSpan.FromMinutes(5) : TimeSpan.FromMinutes(1);

        var outcomes = await RunAsync(Names(5));

        outcomes[^1].Index.Should().Be(0);
    }

    [Fact]
    public async Task Or_in_the_order_of_the_inputs()
    {
        _service.RunTime = name => TimeSpan.FromSeconds(300 - int.Parse(name.AsSpan(7), System.Globalization.CultureInfo.InvariantCulture) * 20);

        var outcomes = await RunAsync(["", .. Names(10)], new() { KeepInputOrder = true });

        outcomes.Select(outcome => outcome.Index).Should().Equal(Enumerable.Range(0, 11).Select(i => (long)i));
    }

    [Fact]
    public async Task What_concerns_one_input_is_an_outcome_and_the_run_goes_on()
    {
        _service.Status = name => name is "person 0" ? "failed" : name is "person 1" ? "cancelled" : "completed";
        _service.Refuses = name => name is "person 2"
            ? (HttpStatusCode.UnprocessableEntity, """{"detail": "no"}""")
            : name is "person 3" ? (HttpStatusCode.BadGateway, "") : null;
        _service.LookFails = name => name is "person 4" ? HttpStatusCode.NotFound : null;

        var outcomes = (await RunAsync([.. Names(6), ""])).OrderBy(outcome => outcome.Index).ToList();

        outcomes.Select(outcome => outcome.Error?.GetType()).Should().Equal(
            typeof(JobFailedException),
            typeof(JobCanceledException), typeof(InvalidRequestException), typeof(OutcomeUnknownException), typeof(SixtyfourApiException), null,
            typeof(InvalidRequestException));
        outcomes.Select(outcome => outcome.JobId is not null).Should().Equal(true, true, false, false, true, true, false);
        outcomes[0].Error!.Message.Should().Contain("told so");
        outcomes[6].Error!.Message.Should().Contain("nothing was sent");
    }

    [Fact]
    public async Task Ids_are_handed_over_before_they_are_looked_at()
    {
        var handedOver = new HashSet<string>();
        var lookedAtTooEarly = new List<string>();
        await RunAsync(Names(30), new()
        {
            OnStarted = async (_, jobId, token) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(20), _clock, token);
                lock (handedOver)
                {
                    lookedAtTooEarly.AddRange(_service.WasLookedAt(jobId) ? [jobId] : []);
                    handedOver.Add(jobId);
                }
            },
        });

        handedOver.Should().BeEquivalentTo(_service.IdsGivenOut);
        lookedAtTooEarly.Should().BeEmpty();
    }

    [Fact]
    public async Task A_mark_is_made_before_each_start()
    {
        var marks = new List<string>();
        var startedUnmarked = new List<string>();
        await RunAsync(Names(30), new()
        {
            OnStarting = (name, _) =>
            {
                lock (marks)
                {
                    marks.Add(name);
                }

                return Task.CompletedTask;
            },
            OnStarted = (name, _, _) =>
            {
                lock (marks)
                {
                    startedUnmarked.AddRange(marks.Contains(name) ? [] : [name]);
                }

                return Task.CompletedTask;
            },
        });

        marks.Should().HaveCount(30);
        startedUnmarked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_known_id_is_waited_for_and_nothing_is_started()
    {
        var outcomes = await RunAsync(["a", "b", "c"], new() { ResumeJobId = name => name is "b" ? "old-b" : name is "c" ? " " : null });

        _service.Starts.Should().BeEquivalentTo("a", "c");
        outcomes.Single(outcome => outcome.Input is "b").JobId.Should().Be("old-b");
        outcomes.Should().OnlyContain(outcome => outcome.Succeeded);
    }

    [Fact]
    public async Task No_more_are_under_way_than_was_said()
    {
        var outcomes = await RunAsync(Names(50), new() { MaxInFlight = 7 });

        outcomes.Should().HaveCount(50);
        _service.OpenAtMost.Should().BeLessThanOrEqualTo(7);
    }

    [Fact]
    public async Task Outcomes_that_nobody_takes_hold_the_run_back()
    {
        var taken = 0;
        await VirtuallyAsync(async () =>
        {
            await foreach (var _ in _client.Leads.EnrichManyAsync(Names(20), Lead, Title, new() { MaxInFlight = 3 }, Token))
            {
                taken++;
                await Task.Delay(TimeSpan.FromHours(1), _clock, Token);
                _service.Starts.Count.Should().BeLessThanOrEqualTo(taken + 3);
            }
        });

        taken.Should().Be(20);
    }

    [Theory]
    [InlineData(401, typeof(InvalidApiKeyException))]
    [InlineData(402, typeof(InsufficientCreditsException))]
    [InlineData(403, typeof(PermissionDeniedException))]
    public async Task What_holds_for_all_stops_the_run_once_everything_in_flight_was_yielded(int status, Type error)
    {
        _service.Refuses = name => _service.Starts.Count >= 10 ? ((HttpStatusCode)status, "{}") : null;

        var (outcomes, thrown) = await TryRunAsync(Names(100));

        thrown.Should().BeOfType(error);
        outcomes.Should().HaveCount(10).And.OnlyContain(outcome => outcome.Succeeded);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_key_that_is_refused_later_leaves_every_job_with_an_outcome_that_names_it()
    {
        _service.LookFails = _ => HttpStatusCode.Unauthorized;

        var (outcomes, thrown) = await TryRunAsync(Names(8), new() { MaxInFlight = 4 });

        thrown.Should().BeOfType<InvalidApiKeyException>();
        outcomes.Select(outcome => outcome.JobId).Should().BeEquivalentTo(_service.IdsGivenOut);
        outcomes.Should().OnlyContain(outcome => outcome.Error is InvalidApiKeyException);
    }

    [Fact]
    public async Task Inputs_that_fail_stop_the_run_once_everything_in_flight_was_yielded()
    {
        var (outcomes, thrown) = await TryRunAsync(Failing());

        thrown.Should().BeOfType<InvalidDataException>();
        outcomes.Should().HaveCount(3).And.OnlyContain(outcome => outcome.Succeeded);

        static IEnumerable<string> Failing()
        {
            foreach (var name in Names(3))
            {
                yield return name;
            }

            throw new InvalidDataException("the table is gone");
        }
    }

    [Theory]
    [InlineData("lead", 5)]
    [InlineData("resume", 5)]
    [InlineData("starting", 5)]
    [InlineData("started", 6)]
    public async Task A_callback_that_fails_stops_the_run_once_everything_in_flight_was_yielded(string which, int yielded)
    {
        Func<string, string, bool> fails = (callback, name) => callback == which && name is "person 5";
        var handedOver = new List<string>();

        var (outcomes, thrown) = await TryRunAsync(
            Names(100),
            new()
            {
                MaxInFlight = 1,
                ResumeJobId = name => fails("resume", name) ? throw new InvalidDataException() : null,
                OnStarting = (name, _) => fails("starting", name) ? throw new InvalidDataException() : Task.CompletedTask,
                OnStarted = (name, jobId, _) =>
                {
                    handedOver.Add(jobId);
                    return fails("started", name) ? throw new InvalidDataException() : Task.CompletedTask;
                },
            },
            name => fails("lead", name) ? throw new InvalidDataException() : Lead(name));

        thrown.Should().BeOfType<InvalidDataException>();
        outcomes.Should().HaveCount(yielded).And.OnlyContain(outcome => outcome.Succeeded);
        handedOver.Should().Equal(_service.IdsGivenOut);
        _log.Of(23).Should().HaveCount(which is "started" ? 1 : 0);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_progress_that_throws_stops_nothing()
    {
        var outcomes = await RunAsync(Names(3), new() { Progress = new Direct<ManyProgress>(_ => throw new InvalidOperationException()) });

        outcomes.Should().HaveCount(3);
        _log.Of(6).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Progress_tells_starts_ends_and_charges()
    {
        var reports = new List<ManyProgress>();
        _service.Status = name => name is "person 1" ? "failed" : "completed";

        await RunAsync(["", .. Names(4)], new() { Progress = new Direct<ManyProgress>(reports.Add) });

        reports[^1].Should().BeEquivalentTo(new { Started = 4, Open = 0, Succeeded = 3, Failed = 2, ChargedCents = 40 });
        reports.Select(report => report.Elapsed).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_refused_start_gets_another_turn()
    {
        var refusals = 0;
        _service.Refuses = _ => ++refusals <= 12 ? ((HttpStatusCode)429, "{}") : null;

        var outcomes = await RunAsync(Names(5));

        outcomes.Should().HaveCount(5).And.OnlyContain(outcome => outcome.Succeeded);
    }

    [Fact]
    public async Task A_run_can_be_enumerated_once()
    {
        var run = _client.Leads.EnrichManyAsync(Names(1), Lead, Title, cancellationToken: Token);
        await VirtuallyAsync(async () => await run.CountAsync(Token));

        var again = async () => await run.CountAsync(Token);

        (await again.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("ResumeJobId");
        _service.Starts.Should().ContainSingle();
    }

    [Fact]
    public void What_cannot_be_sent_is_said_at_once()
    {
        Action[] wrong =
        [
            () => _client.Leads.EnrichManyAsync(Names(1), Lead, Title, new() { MaxInFlight = 0 }, Token),
            () => _client.Leads.EnrichManyAsync(Names(1), Lead, Title, new() { MaxCostCents = -1 }, Token),
            () => _client.Leads.EnrichManyAsync(Names(1), Lead, Title, new() { CentsPerCall = 0 }, Token),
            () => _client.Leads.EnrichManyAsync(Names(1), Lead, Title, new() { CentsPerCall = decimal.MaxValue }, Token),
            () => _client.Leads.EnrichManyAsync(Names(1), Lead, Title, new() { Each = { Headers = { ["x-api-key"] = "other" } } }, Token),
            () => _client.Leads.EnrichManyAsync(Names(1), Lead, Title, new() { Each = null! }, Token),
            () => _client.Leads.EnrichManyAsync(
                Names(1), Lead, Title, new() { Each = new LeadStartOptions { WebhookUrl = new("https://example.com/hook") } }, Token),
            () => _client.Leads.EnrichManyAsync((IEnumerable<string>)null!, Lead, Title, null, Token),
            () => _client.Leads.EnrichManyAsync(Names(1), null!, Title, null, Token),
            () => _client.Leads.EnrichManyAsync(Names(1), Lead, (EnrichmentStruct)null!, null, Token),
        ];

        wrong.Should().AllSatisfy(call => call.Should().Throw<ArgumentException>());
    }

    [Fact]
    public async Task Leaving_early_hands_over_every_id_and_leaves_nothing_behind()
    {
        _service.Latency = TimeSpan.FromSeconds(1);
        _service.RunTime = name => name is "person 0" ? TimeSpan.Zero : TimeSpan.FromHours(1);
        var handedOver = new List<string>();

        await VirtuallyAsync(async () =>
        {
            await foreach (var _ in _client.Leads.EnrichManyAsync(Names(200), Lead, Title, Collecting(handedOver), Token))
            {
                break;
            }
        });

        handedOver.Should().BeEquivalentTo(_service.IdsGivenOut).And.NotBeEmpty();
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(59)]
    [InlineData(61)]
    [InlineData(62.5)]
    [InlineData(125)]
    [InlineData(190)]
    public async Task Cancelling_at_any_moment_hands_over_every_id_and_leaves_nothing_behind(double seconds)
    {
        _service.Latency = TimeSpan.FromSeconds(1);
        var handedOver = new List<string>();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var timer = _clock.CreateTimer(_ => caller.Cancel(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

        var run = VirtuallyAsync(
            async () => await _client.Leads.EnrichManyAsync(Names(1_200), Lead, Title, Collecting(handedOver), caller.Token).CountAsync(caller.Token));

        await FluentActions.Awaiting(() => run).Should().ThrowAsync<OperationCanceledException>();
        handedOver.Should().BeEquivalentTo(_service.IdsGivenOut);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_start_that_is_not_answered_when_the_run_ends_is_waited_for_half_a_minute_and_then_warned_about()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var hanging = new TaskCompletionSource();
        _service.BeforeAnswer = async name =>
        {
            if (name is "person 2")
            {
                await caller.CancelAsync();
                await hanging.Task;
            }
        };
        var handedOver = new List<string>();
        var begun = _clock.GetUtcNow();

        var run = VirtuallyAsync(
            async () => await _client.Leads.EnrichManyAsync(Names(3), Lead, Title, Collecting(handedOver), caller.Token).CountAsync(caller.Token));
        await FluentActions.Awaiting(() => run).Should().ThrowAsync<OperationCanceledException>();

        (_clock.GetUtcNow() - begun).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30)).And.BeLessThan(TimeSpan.FromSeconds(40));
        _log.Of(20).Should().ContainSingle().Which.Level.Should().Be(LogLevel.Warning);
        hanging.SetResult();
        await FakeClock.RestAsync();
        handedOver.Should().BeEquivalentTo(_service.IdsGivenOut);
        _log.Of(22).Should().ContainSingle();
    }

    [Fact]
    public async Task Disposing_the_client_ends_the_run_with_the_name_of_a_job()
    {
        _service.RunTime = _ => TimeSpan.FromHours(1);
        using var timer = _clock.CreateTimer(_ => _client.Dispose(), null, TimeSpan.FromMinutes(3), Timeout.InfiniteTimeSpan);

        var (_, thrown) = await TryRunAsync(Names(5));

        thrown.Should().BeOfType<ObjectDisposedException>().Which.Message.Should().Contain("job-");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task People_and_typed_results_work_alike()
    {
        var outcomes = await VirtuallyAsync(
            async () => await _client.People.EnrichManyAsync(Names(3), Lead, EnrichmentStruct.For<Founder>(), null, Token).ToListAsync(Token));

        outcomes.Select(outcome => outcome.Result!.Data.Title).Should().BeEquivalentTo("Title of person 0", "Title of person 1", "Title of person 2");
    }

    internal sealed record Founder(string? Title);

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"person {i}");

    private static LeadInfo Lead(string name) => new() { Name = name };

    private static ManyOptions<string, LeadOptions> Collecting(List<string> handedOver) => new()
    {
        OnStarted = (_, jobId, token) =>
        {
            token.ThrowIfCancellationRequested();
            lock (handedOver)
            {
                handedOver.Add(jobId);
            }

            return Task.CompletedTask;
        },
    };

    private async Task<List<ManyOutcome<string, Enrichment>>> RunAsync(IEnumerable<string> names, ManyOptions<string, LeadOptions>? options = null)
    {
        var (outcomes, thrown) = await TryRunAsync(names, options);
        thrown.Should().BeNull();
        return outcomes;
    }

    private async Task<(List<ManyOutcome<string, Enrichment>> Outcomes, Exception? Thrown)> TryRunAsync(
        IEnumerable<string> names, ManyOptions<string, LeadOptions>? options = null, Func<string, LeadInfo>? lead = null)
    {
        var outcomes = new List<ManyOutcome<string, Enrichment>>();
        var thrown = await VirtuallyAsync(async () =>
        {
            try
            {
                await foreach (var outcome in _client.Leads.EnrichManyAsync(names, lead ?? Lead, Title, options, Token))
                {
                    outcomes.Add(outcome);
                }

                return null;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return e;
            }
        });
        return (outcomes, thrown);
    }

    private Task VirtuallyAsync(Func<Task> work) => _clock.RunAsync(Task.Run(work, Token));

    private Task<T> VirtuallyAsync<T>(Func<Task<T>> work) => _clock.RunAsync(Task.Run(work, Token));

    private async Task NothingIsLeftAsync()
    {
        await FakeClock.RestAsync();
        _clock.ActiveTimers.Should().Be(0);
    }
}

internal sealed class Direct<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
