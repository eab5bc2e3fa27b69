using System.Net;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Many;

/// <summary>Many-runs over real sockets, minutes in seconds on the emulator's clock.</summary>
public sealed class ManyOverSocketsTests
{
    [Theory]
    [InlineData(RateLimitWindow.Sliding, true)]
    [InlineData(RateLimitWindow.Fixed, false)]
    public async Task Two_thousand_jobs_end_with_two_thousand_results(RateLimitWindow window, bool headers)
    {
        using var wire = new Counting();
        await using var api = await AtSpeedAsync(
            60,
            o =>
            {
                o.RateLimitWindow = window;
                o.SendsRateLimitHeaders = headers;
            },
            wire);
        var handedOver = new HashSet<string>();

        var outcomes = await api.Client.Leads.EnrichManyAsync(Enumerable.Range(0, 2_000), Person, Api.Title, Collecting(handedOver), Api.Token)
            .ToListAsync(Api.Token);

        outcomes.Where(outcome => !outcome.Succeeded).Should().BeEmpty();
        outcomes.Select(outcome => outcome.Input).Should().BeEquivalentTo(Enumerable.Range(0, 2_000));
        handedOver.Should().BeEquivalentTo(api.Emulator.Jobs.Select(job => job.Id)).And.HaveCount(2_000);
        api.Emulator.ChargedCents.Should().Be(20_000);
        // None on a machine at rest. A request that a loaded one holds back for a moment arrives seconds later on this clock.
        wire.Refused.Should().BeLessThan(40);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public async Task Leaving_after_some_results_hands_over_every_id_the_service_gave_out(int taken)
    {
        await using var api = await AtSpeedAsync(300);
        var handedOver = new HashSet<string>();

        var run = api.Client.People.EnrichManyAsync(Enumerable.Range(0, 5_000), Person, Api.Title, Collecting(handedOver), Api.Token);
        await foreach (var _ in run)
        {
            if (taken-- <= 0)
            {
                break;
            }
        }

        handedOver.Should().BeEquivalentTo(api.Emulator.Jobs.Select(job => job.Id)).And.NotBeEmpty();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(300)]
    public async Task Cancelling_hands_over_every_id_the_service_gave_out(int milliseconds)
    {
        await using var api = await AtSpeedAsync(60);
        var handedOver = new HashSet<string>();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Api.Token);
        caller.CancelAfter(milliseconds);

        var run = async () => await api.Client.Leads.EnrichManyAsync(Enumerable.Range(0, 5_000), Person, Api.Title, Collecting(handedOver), caller.Token)
            .CountAsync(caller.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
        handedOver.Should().BeEquivalentTo(api.Emulator.Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task Answers_that_go_wrong_lose_nothing()
    {
        await using var api = await AtSpeedAsync(120, o => o.RunTime = _ => TimeSpan.FromSeconds(90));
        api.Emulator.Inject(Fault.RateLimited(TimeSpan.FromSeconds(3)), "/job-status/*", times: 5);
        api.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway), "/job-status/*", times: 5);
        api.Emulator.Inject(Fault.LosesTheAnswer(), "/job-status/*", times: 5);
        api.Emulator.Inject(Fault.RateLimited(), "/enrich-lead-async", times: 8);
        api.Emulator.Inject(Fault.LosesTheAnswer(), "/enrich-lead-async", times: 2);
        var handedOver = new HashSet<string>();

        var outcomes = await api.Client.Leads.EnrichManyAsync(Enumerable.Range(0, 100), Person, Api.Title, Collecting(handedOver), Api.Token)
            .ToListAsync(Api.Token);

        outcomes.Should().HaveCount(100);
        outcomes.Where(outcome => !outcome.Succeeded).Select(outcome => outcome.Error).Should().HaveCount(2).And.AllBeOfType<OutcomeUnknownException>();
        handedOver.Should().HaveCount(98);
        api.Emulator.FaultsLeft.Should().Be(0);
    }

    [Fact]
    public async Task An_empty_account_stops_the_run_after_what_was_paid_for_was_yielded()
    {
        await using var api = await AtSpeedAsync(300, o => o.BalanceCents = 250);
        var outcomes = new List<ManyOutcome<int, Enrichment>>();

        var run = async () =>
        {
            await foreach (var outcome in api.Client.Leads.EnrichManyAsync(Enumerable.Range(0, 1_000), Person, Api.Title, null, Api.Token))
            {
                outcomes.Add(outcome);
            }
        };

        await run.Should().ThrowAsync<InsufficientCreditsException>();
        outcomes.Should().HaveCount(25).And.OnlyContain(outcome => outcome.Succeeded);
    }

    [Fact]
    public async Task A_ceiling_is_kept_and_a_second_run_goes_on_with_the_ids()
    {
        await using var api = await AtSpeedAsync(300, o => o.RunTime = _ => TimeSpan.FromSeconds(60));
        var ids = new Dictionary<int, string>();
        var outcomes = new List<ManyOutcome<int, Enrichment>>();

        var first = async () =>
        {
            await foreach (var outcome in api.Client.Leads.EnrichManyAsync(Enumerable.Range(0, 40), Person, Api.Title, Options(maxCost: 105), Api.Token))
            {
                outcomes.Add(outcome);
            }
        };
        var error = (await first.Should().ThrowAsync<CostLimitException>()).Which;
        var again = await api.Client.Leads.EnrichManyAsync(Enumerable.Range(0, 20), Person, Api.Title, Options(maxCost: 100), Api.Token).ToListAsync(Api.Token);

        error.LimitCents.Should().Be(105);
        error.NeededCents.Should().Be(110);
        outcomes.Should().HaveCount(10);
        again.Should().HaveCount(20).And.OnlyContain(outcome => outcome.Succeeded);
        api.Emulator.Jobs.Should().HaveCount(20);
        api.Emulator.ChargedCents.Should().Be(200);

        ManyOptions<int, LeadOptions> Options(decimal maxCost) => new()
        {
            MaxCostCents = maxCost,
            ResumeJobId = row => ids.GetValueOrDefault(row),
            OnStarted = (row, jobId, _) =>
            {
                lock (ids)
                {
                    ids.Add(row, jobId);
                }

                return Task.CompletedTask;
            },
        };
    }

    private static Task<Api> AtSpeedAsync(double timeScale, Action<EmulatorOptions>? configure = null, HttpMessageHandler? handler = null) => Api.StartAsync(
        client => (client.Retry.BaseDelay, client.Retry.MaxDelay) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)),
        options =>
        {
            options.TimeScale = timeScale;
            options.RunTime = null;
            configure?.Invoke(options);
        },
        handler);

    private static LeadInfo Person(int row) => new() { Name = $"Nadia Okafor {row}", Company = "Example Robotics" };

    private static ManyOptions<int, LeadOptions> Collecting(HashSet<string> handedOver) => new()
    {
        OnStarted = (_, jobId, _) =>
        {
            lock (handedOver)
            {
                handedOver.Add(jobId);
            }

            return Task.CompletedTask;
        },
    };

    /// <summary>Sees what the run is spared.</summary>
    private sealed class Counting() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _sent;
        private int _refused;

        public int Sent => _sent;

        public int Refused => _refused;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _sent);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                Interlocked.Increment(ref _refused);
            }

            return response;
        }
    }
}
