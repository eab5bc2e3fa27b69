using System.Net;
using Microsoft.Extensions.Logging;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Leads;

/// <summary>What a run may cost, and what it says about what is paid or in doubt.</summary>
public sealed class ManyMoneyTests : IDisposable
{
    private readonly ManyRuns _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Starts_that_are_sent_again_after_a_500_stay_below_the_ceiling()
    {
        var attempts = 0;
        _runs.Service.Refuses = _ =>
        {
            Interlocked.Increment(ref attempts);
            return (HttpStatusCode.InternalServerError, "{}");
        };

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(20), options => options.MaxCostCents = 100);

        thrown.Should().BeOfType<CostLimitException>();
        attempts.Should().BeInRange(5, 10, "each attempt may have been charged 10 cents");
        outcomes.Should().NotBeEmpty().And.OnlyContain(outcome => !outcome.Succeeded && !outcome.Error!.IsSafeToRepeat);
    }

    [Fact]
    public async Task A_start_that_succeeds_after_a_500_has_cost_two_reservations()
    {
        var refused = new HashSet<string>();
        _runs.Service.Refuses = name =>
        {
            lock (refused)
            {
                return refused.Add(name) ? (HttpStatusCode.InternalServerError, "{}") : null;
            }
        };

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(3), options => (options.MaxCostCents, options.MaxInFlight) = (40, 1));

        thrown.Should().BeOfType<CostLimitException>().Which.NeededCents
            .Should().Be(50, "two were charged 10 cents, and the two attempts before may have been");
        outcomes.Should().HaveCount(2).And.OnlyContain(outcome => outcome.Succeeded);
    }

    [Theory]
    [InlineData(401, typeof(InvalidApiKeyException))]
    [InlineData(402, typeof(InsufficientCreditsException))]
    [InlineData(403, typeof(PermissionDeniedException))]
    public async Task A_refusal_behind_a_500_leaves_its_input_in_doubt_and_stops_the_run(int status, Type refusal)
    {
        var isRefused = false;
        _runs.Service.Refuses = name =>
        {
            if (name is not "person 3")
            {
                return null;
            }

            var before = isRefused;
            isRefused = true;
            return (before ? (HttpStatusCode)status : HttpStatusCode.InternalServerError, "{}");
        };

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(20), options => options.MaxInFlight = 1);

        thrown.Should().BeOfType(refusal);
        _runs.Service.Starts.Should().HaveCount(3);
        outcomes.Should().HaveCount(4);
        outcomes[3].Error.Should().BeOfType<OutcomeUnknownException>().Which.InnerException.Should().BeOfType(refusal);
        outcomes[3].Input.Should().Be("person 3");
    }

    [Fact]
    public async Task The_charge_of_a_resumed_job_sets_no_price()
    {
        _runs.Service.Charge = name => name is "old" ? 1 : 1_000;

        var (_, thrown) = await _runs.RunAsync(ManyRuns.Names(10), options =>
        {
            options.Each.Tier = Tier.High;
            options.MaxCostCents = 1_000;
            options.ResumeJobId = name => name is "person 0" ? "old" : null;
        });

        thrown.Should().BeOfType<CostLimitException>();
        _runs.Service.Starts.Should().ContainSingle("no price is known, so one job goes ahead, and it costs all there is");
    }

    [Fact]
    public async Task Starts_in_doubt_whose_outcomes_are_not_taken_are_logged_with_their_positions()
    {
        _runs.Service.StartAnswer = (name, id) => name is "person 0"
            ? ScriptedHandler.Response(HttpStatusCode.OK, $$"""{"task_id": "{{id}}"}""")
            : ScriptedHandler.Response(HttpStatusCode.GatewayTimeout, "{}");

        var taken = await TakeOneAsync(10, new(), TimeSpan.FromMinutes(1));

        taken.Error.Should().BeOfType<OutcomeUnknownException>();
        var told = _runs.Log.Of(25).ToList();
        told.Should().HaveCount(8).And.OnlyContain(line => line.Level == LogLevel.Warning);
        told.Select(line => line.Message.Split(' ')[4]).Should().BeEquivalentTo(
            _runs.Service.Starts.Select(name => name.Split(' ')[1]).Except(["0", $"{taken.Index}"]),
            "each of them may have run, and its outcome was not taken");
        var open = _runs.Service.IdsGivenOut[_runs.Service.Starts.IndexOf("person 0")];
        _runs.Log.Lines
            .Should().Contain(line => line.Level == LogLevel.Warning && line.Message.Contains($"job {open} ", StringComparison.Ordinal), "its wait was left");
        await _runs.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Results_that_are_not_taken_are_logged_with_the_ids_of_their_jobs(bool keepInputOrder)
    {
        var taken = await TakeOneAsync(5, new() { KeepInputOrder = keepInputOrder });

        var warnings = _runs.Log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Message).ToList();
        foreach (var id in _runs.Service.IdsGivenOut.Where(id => id != taken.JobId))
        {
            warnings.Should().Contain(message => message.Contains(id, StringComparison.Ordinal));
        }

        warnings.Should().NotContain(message => message.Contains(taken.JobId!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_said_of_outcomes_that_were_taken()
    {
        _runs.Service.Refuses = name => name is "person 1" ? (HttpStatusCode.BadRequest, "{}") : null;

        await _runs.RunAsync(ManyRuns.Names(4));

        _runs.Log.Lines.Where(line => line.Id is 25 or 26 or 27).Should().BeEmpty();
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("selector")]
    [InlineData("starting")]
    public async Task An_exception_of_the_SDK_that_a_callback_throws_stops_the_run(string callback)
    {
        var mine = new InvalidResponseException("Mine");
        var outcomes = new List<ManyOutcome<string, Enrichment>>();
        var run = _runs.Client.Leads.EnrichManyAsync(
            ManyRuns.Names(3),
            name => Throws("selector", name) ? throw mine : new() { Name = name },
            ManyRuns.Title,
            new()
            {
                ResumeJobId = name => Throws("resume", name) ? throw mine : null,
                OnStarting = (name, _) => Throws("starting", name) ? throw mine : Task.CompletedTask,
            },
            Token);

        var thrown = await _runs.VirtuallyAsync(() => Record.ExceptionAsync(async () =>
        {
            await foreach (var outcome in run)
            {
                outcomes.Add(outcome);
            }
        }).AsTask());

        thrown.Should().BeSameAs(mine);
        outcomes.Should().OnlyContain(outcome => outcome.Succeeded);

        bool Throws(string which, string name) => which == callback && name is "person 1";
    }

    private Task<ManyOutcome<string, Enrichment>> TakeOneAsync(
        int count, ManyOptions<string, LeadOptions> options, TimeSpan staying = default) => _runs.VirtuallyAsync(async () =>
    {
        await foreach (var outcome in _runs.Client.Leads.EnrichManyAsync(ManyRuns.Names(count), name => new() { Name = name }, ManyRuns.Title, options, Token))
        {
            await Task.Delay(staying, _runs.Clock, Token);
            return outcome;
        }

        throw new InvalidOperationException("The run had no outcome.");
    });
}
