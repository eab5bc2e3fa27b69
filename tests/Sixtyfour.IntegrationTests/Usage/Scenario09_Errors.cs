using System.Net;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

/// <summary>Every error ends in the branch that says what to do next.</summary>
public sealed class Scenario09_Errors
{
    [Fact]
    public Task A_job_that_failed_says_why() => EndsAsync(
        emulator => emulator.Inject(Fault.FailsTheJob("Nothing is known"), "/enrich-lead-async"),
        (emulator, ended) => ended.Should().StartWith($"{emulator.Jobs[0].Id} failed: Job {emulator.Jobs[0].Id} ended as 'failed': Nothing is known."));

    [Fact]
    public Task A_job_that_was_started_is_resumed_whatever_went_wrong_afterwards() => EndsAsync(
        emulator => emulator.Inject(Fault.Status(HttpStatusCode.Unauthorized), "/job-status/*"),
        (emulator, ended) => ended.Should().Be($"resume {emulator.Jobs[0].Id}"));

    [Fact]
    public Task Input_that_is_refused_names_each_field() => EndsAsync(
        emulator => emulator.Inject(Fault.Status(
            HttpStatusCode.UnprocessableEntity,
            """{"detail":[{"loc":["body","lead_info"],"msg":"Too little is known","type":"value_error","input":{"name":"Nadia Okafor"}},"""
                + """{"loc":["body","tier"],"msg":"Unknown tier"}]}""")),
        (_, ended) => ended.Should().Be("body.lead_info: Too little is known; body.tier: Unknown tier"));

    [Fact]
    public Task An_empty_balance_pauses_the_queue_and_nothing_was_charged() => EndsAsync(
        emulator => emulator.BalanceCents = 3,
        (emulator, ended) =>
        {
            ended.Should().Be("pause");
            emulator.ChargedCents.Should().Be(0);
        });

    [Fact]
    public Task A_start_without_an_answer_is_parked_and_not_sent_again() => EndsAsync(
        emulator => emulator.Inject(Fault.LosesTheAnswer()),
        (emulator, ended) =>
        {
            ended.Should().StartWith("park: The request to /enrich-lead-async was sent and got no usable answer");
            emulator.Requests.Should().ContainSingle();
        });

    [Fact]
    public Task Too_many_requests_are_put_off_as_long_as_the_service_asks() => EndsAsync(
        emulator => emulator.Inject(Fault.RateLimited(TimeSpan.FromSeconds(7))),
        (_, ended) => ended.Should().Be("later: 00:00:07"));

    [Fact]
    public Task Without_a_hint_a_minute_is_waited() => EndsAsync(
        emulator => emulator.Inject(Fault.Status(HttpStatusCode.TooManyRequests, "{}")),
        (_, ended) => ended.Should().StartWith("later: 00:0"));

    [Fact]
    public async Task What_never_left_is_safe_to_repeat()
    {
        var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var sixtyfour = emulator.CreateClient(o => o.Retry.MaxRetries = 0);
        await emulator.DisposeAsync();

        (await EndOfAsync(sixtyfour.Leads)).Should().Be("later: 00:05:00");
    }

    [Fact]
    public Task A_status_without_a_type_of_its_own_is_told_by_its_number() => EndsAsync(
        emulator => emulator.Inject(Fault.Status(HttpStatusCode.NotFound, """{"detail":"No such endpoint"}""")),
        (emulator, ended) => ended.Should().Be($"{emulator.Requests[0].RequestId}: /enrich-lead-async answered 404: No such endpoint."));

    private static async Task EndsAsync(Action<SixtyfourEmulator> goWrong, Action<SixtyfourEmulator, string> assert)
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, TestContext.Current.CancellationToken);
        goWrong(emulator);
        using var sixtyfour = emulator.CreateClient(o => o.Retry.MaxRetries = 0);

        assert(emulator, await EndOfAsync(sixtyfour.Leads));
    }

    private static async Task<string> EndOfAsync(ILeadsClient leads)
    {
        var ct = TestContext.Current.CancellationToken;
        var lead = Leads.Nadia;
        var queue = new Queue();
        try { await (await leads.StartAsync<Founder>(lead, cancellationToken: ct)).WaitAsync(ct); }
        catch (JobFailedException e) { queue.Note($"{e.JobId} {e.Snapshot.Status}: {e.Message}, {e.Snapshot.ChargeCents} cents"); }
        catch (SixtyfourException e) when (e.JobId is { } id) { queue.Resume(id); }                     // a job was started and goes on: never start it again
        catch (InvalidRequestException e) { queue.Note(string.Join("; ", e.Errors.Select(error => $"{error.Path}: {error.Message}"))); }
        catch (InsufficientCreditsException) { queue.Pause(); }                                         // nothing was charged
        catch (OutcomeUnknownException e) { queue.Park(lead, e.Message); }                              // sent, no answer: look before you pay again
        catch (RateLimitedException e) { queue.Later(lead, e.RetryAfter ?? TimeSpan.FromMinutes(1)); }
        catch (SixtyfourException e) when (e.IsSafeToRepeat) { queue.Later(lead, TimeSpan.FromMinutes(5)); }   // nothing ran
        catch (SixtyfourApiException e) when (e.StatusCode is HttpStatusCode.NotFound) { queue.Note($"{e.RequestId}: {e.Message}"); }
        return queue.Noted;
    }

    private sealed class Queue
    {
        public string Noted { get; private set; } = "nothing";

        public void Note(string what) => Noted = what;

        public void Resume(string id) => Note($"resume {id}");

        public void Pause() => Note("pause");

        public void Park(LeadInfo lead, string why) => Note(lead is null ? "" : $"park: {why}");

        public void Later(LeadInfo lead, TimeSpan wait) => Note(lead is null ? "" : $"later: {wait}");
    }
}
