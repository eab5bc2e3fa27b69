using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sixtyfour.AspNetCore.Tests.Support;
using Sixtyfour.Emulator;
using Sixtyfour.Testing;

namespace Sixtyfour.AspNetCore.Tests;

public sealed class ClientTests
{
    [Fact]
    public async Task A_verified_event_ends_the_wait_for_its_job_without_a_move_of_the_clock()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(
            options =>
            {
                options.ManualClock = true;
                options.AllowsLocalWebhooks = true;
                options.RunTime = _ => TimeSpan.FromMinutes(4);
            },
            Receiver.Token);
        var secret = emulator.RollWebhookSecret(TimeSpan.Zero);
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path),
            services =>
            {
                services.AddSixtyfour(emulator.Configure);
                services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(secret));
            },
            emulator.Clock);
        var leads = receiver.Services.GetRequiredService<ILeadsClient>();
        var job = await leads.StartAsync(Nadia, Title, new() { WebhookUrl = receiver.Address }, Receiver.Token);
        var looks = new Looks();
        var wait = job.WaitAsync(new() { ExpectWebhook = true, Progress = looks }, Receiver.Token);
        await Eventually.TrueAsync(() => looks.Count is 1);
        var before = emulator.Clock.GetUtcNow();

        emulator.Jobs.Single().Complete();
        var found = await wait;

        emulator.Clock.GetUtcNow().Should().Be(before);
        emulator.CountRequests("/job-status/*").Should().Be(2);
        found["title"].AsString().Should().NotBeNullOrEmpty();
        await Eventually.TrueAsync(() => emulator.Deliveries.Any(delivery => delivery.IsSuccess));
        emulator.Deliveries.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Attempt = 1, StatusCode = 200, JobId = job.Id, Signatures = 1 });
    }

    [Fact]
    public async Task A_wait_is_over_within_100_milliseconds_of_the_end_of_its_job()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(options => options.AllowsLocalWebhooks = true, Receiver.Token);
        var secret = emulator.RollWebhookSecret(TimeSpan.Zero);
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path),
            services =>
            {
                services.AddSixtyfour(emulator.Configure);
                services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(secret));
            },
            TimeProvider.System);
        var leads = receiver.Services.GetRequiredService<ILeadsClient>();
        var took = new List<TimeSpan>();
        for (var i = 0; i < 11; i++)
        {
            var job = await leads.StartAsync(Nadia, Title, new() { WebhookUrl = receiver.Address }, Receiver.Token);
            var looks = new Looks();
            var wait = job.WaitAsync(new() { ExpectWebhook = true, Progress = looks }, Receiver.Token);
            await Eventually.TrueAsync(() => looks.Count is 1);

            var ended = Stopwatch.GetTimestamp();
            emulator.Jobs[^1].Complete();
            await wait;
            took.Add(Stopwatch.GetElapsedTime(ended));
        }

        // The delivery of the webhook, its handling and the last look at the job: all of it over real HTTP. The middle one of eleven, whatever else the machine
        // does.
        took.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine($"{string.Join(", ", took.Select(time => $"{time.TotalMilliseconds:0.0}"))} ms");
        took[5].Should().BeLessThan(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_verified_event_notifies_its_job_once_and_an_unverified_one_never_does()
    {
        var jobs = new Jobs();
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path),
            services => services.AddSingleton<IJobsClient>(jobs).AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret)));

        await receiver.DeliverAsync(Bodies.Done());
        await receiver.DeliverAsync(Bodies.Done(), eventId: "replay");
        await receiver.DeliverAsync(Bodies.Failed("job-2"), eventId: "event-2");
        await receiver.DeliverAsync("""{ "run_id": "run-1" }""", eventId: "event-3");
        await receiver.DeliverAsync("""{ "ping": 1 }""", eventId: "event-4");
        await receiver.DeliverAsync(Bodies.Done("job-5"), eventId: "event-5", secret: "sk_whsec_other");

        jobs.Notified.Should().Equal("job-1", "job-2", "run-1");
    }

    [Fact]
    public async Task The_client_of_that_name_is_woken()
    {
        var (jobs, other) = (new Jobs(), new Jobs());
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, clientName: "eu"),
            services =>
            {
                services.AddKeyedSixtyfour("eu", options => options.ApiKey = "sk_eu");
                services.AddKeyedSingleton<IJobsClient>("eu", jobs).AddSingleton<IJobsClient>(other);
                services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret));
            });

        await receiver.DeliverAsync(Bodies.Done());

        jobs.Notified.Should().Equal("job-1");
        other.Notified.Should().BeEmpty();
    }

    [Fact]
    public async Task Clients_made_at_run_time_can_be_named_too()
    {
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, clientName: "tenant-7"),
            services =>
            {
                services.AddSixtyfourForAnyKey((_, tenant, options) => options.ApiKey = "sk_" + tenant);
                services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret));
            });

        (await receiver.DeliverAsync(Bodies.Done())).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_name_nobody_registered_is_refused_when_the_endpoint_is_mapped()
    {
        var start = () => Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, clientName: "eu"),
            services => services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret)));

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*'eu'*AddKeyedSixtyfour*");
    }

    [Fact]
    public async Task A_receiver_needs_neither_a_client_nor_a_key()
    {
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path),
            services => services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret)));

        (await receiver.DeliverAsync(Bodies.Done())).Status.Should().Be(HttpStatusCode.OK);
        receiver.Log.All.Should().Contain("only wakes waits for jobs");
    }

    [Fact]
    public async Task A_handler_type_gets_its_services_in_a_scope_of_its_own_and_is_disposed()
    {
        var store = new Store();
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook<Handler>(Receiver.Path),
            services =>
            {
                services.AddSingleton(store).AddScoped<Scoped>();
                services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret));
            });

        await receiver.DeliverAsync(Bodies.Done("a"), eventId: "a");
        await receiver.DeliverAsync(Bodies.Done("b"), eventId: "b");

        store.Titles.Should().Equal("VP Engineering", "VP Engineering");
        store.Scopes.Should().OnlyHaveUniqueItems().And.OnlyContain(scope => scope.IsDisposed);
        store.Disposed.Should().Be(2);
    }

    [Fact]
    public async Task The_health_check_tells_what_is_configured_and_sends_nothing()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: Receiver.Token);

        (await HealthAsync(services => services.AddSixtyfour(emulator.Configure))).Status.Should().Be(HealthStatus.Healthy);
        (await HealthAsync(services => services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret)))).Status
            .Should().Be(HealthStatus.Healthy);
        (await HealthAsync(services => services.AddSixtyfourForAnyKey((_, _, _) => { }))).Status.Should().Be(HealthStatus.Healthy);
        (await HealthAsync(services => services.AddSixtyfourWebhooks(_ => { }))).Status.Should().Be(HealthStatus.Degraded);
        (await HealthAsync(services => services.AddSixtyfourWebhooks(options => options.AllowUnsigned = true))).Status.Should().Be(HealthStatus.Degraded);
        (await HealthAsync(services => services.AddSixtyfourWebhooks(options => options.MaxBodyBytes = 0))).Status.Should().Be(HealthStatus.Unhealthy);
        (await HealthAsync(services => services.AddKeyedSixtyfour("eu", options => options.ApiKey = "two words"))).Description
            .Should().Contain("ApiKey").And.NotContain("two words");
        (await HealthAsync(services => services.AddKeyedSingleton(7, new SixtyfourClient("sk_seven")))).Status.Should().Be(HealthStatus.Healthy);
        (await HealthAsync(_ => { })).Status.Should().Be(HealthStatus.Unhealthy);

        emulator.Requests.Should().BeEmpty();
    }

    private static LeadInfo Nadia => new() { Name = "Nadia Okafor", Company = "Example Robotics" };

    private static EnrichmentStruct Title => new() { ["title"] = "Current job title" };

    private static async Task<HealthReportEntry> HealthAsync(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddHealthChecks().AddSixtyfour();
        configure(services);
        await using var provider = services.BuildServiceProvider();
        return (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Receiver.Token)).Entries["sixtyfour"];
    }

    private sealed class Looks : IProgress<JobSnapshot>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Report(JobSnapshot value) => Interlocked.Increment(ref _count);
    }

    private sealed class Jobs : IJobsClient
    {
        public List<string> Notified { get; } = [];

        public Job<JsonElement> GetJob(string jobId) => throw new NotSupportedException();

        public Task<JobSnapshot> GetStatusAsync(string jobId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public void Notify(string jobId)
        {
            lock (Notified)
            {
                Notified.Add(jobId);
            }
        }

        public WebhookEvent Receive(ReadOnlyMemory<byte> body, WebhookHeaders? headers = null)
        {
            var received = SixtyfourWebhook.Parse(body, headers: headers);
            if (received is WorkflowEvent or JobEvent)
            {
                Notify(received is WorkflowEvent workflow ? workflow.RunId : ((JobEvent)received).JobId);
            }

            return received;
        }
    }

    private sealed class Store
    {
        public List<string?> Titles { get; } = [];

        public List<Scoped> Scopes { get; } = [];

        public int Disposed { get; set; }
    }

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed record Founder(string? Title);

    private sealed class Handler(Store store, Scoped scoped) : ISixtyfourWebhookHandler, IAsyncDisposable
    {
        public Task HandleAsync(WebhookEvent received, CancellationToken cancellationToken)
        {
            store.Titles.Add(((JobCompletedEvent)received).ReadEnrichment<Founder>().Data.Title);
            scoped.IsDisposed.Should().BeFalse();
            store.Scopes.Add(scoped);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            store.Disposed++;
            return default;
        }
    }
}
