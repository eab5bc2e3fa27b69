using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed class Scenario11_Tests
{
    [Fact]
    public async Task The_title_is_returned()
    {
        var leads = new FakeLeads { Started = Job.FromResult("job-1", new Enrichment<Founder>(new("VP Engineering", 41))) };

        Assert.Equal("VP Engineering", await new Researcher(leads).TitleOfAsync("Nadia Okafor", TestContext.Current.CancellationToken));
        Assert.Equal("Nadia Okafor", leads.Lead!.Name);
    }

    [Fact]
    public async Task A_failure_can_be_faked_too()
    {
        var failed = new JobFailedException(new() { JobId = "job-1", Status = JobStatus.Failed, Error = "Nothing is known" });
        var leads = new FakeLeads { Started = Job.FromException<Enrichment<Founder>>("job-1", failed) };

        Assert.Same(failed, await Assert.ThrowsAsync<JobFailedException>(
            () => new Researcher(leads).TitleOfAsync("Nadia Okafor", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_lost_answer_is_reported_and_not_paid_twice()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: ct);
        using var sixtyfour = emulator.CreateClient();
        emulator.Inject(Fault.LosesTheAnswer(), "/enrich-lead");
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => sixtyfour.Leads.EnrichAsync<Founder>(Leads.Nadia, cancellationToken: ct));
        Assert.Single(emulator.Requests);
    }

    [Fact]
    public async Task A_finished_job_is_seen_within_ten_seconds()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => { o.ManualClock = true; o.RunTime = _ => TimeSpan.FromMinutes(4); }, ct);
        using var sixtyfour = emulator.CreateClient();                            // lives on the emulator's clock
        var start = emulator.Clock.GetUtcNow();
        var job = await sixtyfour.Leads.StartAsync<Founder>(Leads.Nadia, cancellationToken: ct);
        await emulator.AdvanceUntilAsync(job.WaitAsync(ct), ct);                  // four minutes in no time
        Assert.InRange(emulator.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(240), TimeSpan.FromSeconds(250));
    }

    [Fact]
    public async Task The_whole_application_runs_against_it()
    {
        // or: ten minutes in a second
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.TimeScale = 600, TestContext.Current.CancellationToken);
        emulator.Answer("/enrich-lead", lead => new() { ["title"] = $"Chief of staff of {lead["name"]}" });
        emulator.Inject(Fault.RateLimited(TimeSpan.FromSeconds(30)), "/job-status/*", times: 3);
        var services = new ServiceCollection();
        services.AddSixtyfour(emulator.Configure);                                // address, key and clock
        await using var provider = services.BuildServiceProvider();
        var leads = provider.GetRequiredService<ILeadsClient>();
        Assert.Equal("Chief of staff of Nadia Okafor", await new Researcher(leads).TitleOfAsync("Nadia Okafor", TestContext.Current.CancellationToken));
        Assert.Equal(10, emulator.ChargedCents);
    }

    /// <summary>Written by hand, which also shows that the interface is small enough for that; the shortcuts end in it, so it sees every call.</summary>
    private sealed class FakeLeads : ILeadsClient
    {
        public LeadInfo? Lead { get; private set; }

        public required object Started { get; init; }

        public Task<Job<Enrichment<T>>> StartAsync<T>(LeadInfo lead, LeadStartOptions? options = null, CancellationToken cancellationToken = default)
        {
            Lead = lead;
            return Task.FromResult((Job<Enrichment<T>>)Started);
        }

        public Task<Job<Enrichment>> StartAsync(
            LeadInfo lead, EnrichmentStruct fields, LeadStartOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<Enrichment> EnrichAsync(
            LeadInfo lead, EnrichmentStruct fields, LeadOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<Enrichment<T>> EnrichAsync<T>(LeadInfo lead, LeadOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<ManyOutcome<TInput, Enrichment>> EnrichManyAsync<TInput>(
            IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, EnrichmentStruct fields, ManyOptions<TInput, LeadOptions>? options = null,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<ManyOutcome<TInput, Enrichment<T>>> EnrichManyAsync<TInput, T>(
            IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, EnrichmentStruct<T> fields, ManyOptions<TInput, LeadOptions>? options = null,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Job<Enrichment> GetJob(string jobId) => throw new NotSupportedException();

        public Job<Enrichment<T>> GetJob<T>(string jobId, EnrichmentStruct<T>? fields = null) => throw new NotSupportedException();
    }
}
