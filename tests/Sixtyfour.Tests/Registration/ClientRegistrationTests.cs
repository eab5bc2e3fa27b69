using System.Collections;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sixtyfour.Tests.Registration;

public sealed class ClientRegistrationTests
{
    private static readonly Type[] s_faces =
        [typeof(SixtyfourClient), typeof(ISixtyfourClient), .. typeof(ISixtyfourClient).GetProperties().Select(feature => feature.PropertyType)];

    [Fact]
    public void Every_feature_of_the_client_can_be_injected_by_itself()
    {
        using var provider = Services().BuildServiceProvider(validateScopes: true);
        var client = provider.GetRequiredService<SixtyfourClient>();

        provider.GetRequiredService<ISixtyfourClient>().Should().BeSameAs(client);
        foreach (var feature in typeof(ISixtyfourClient).GetProperties())
        {
            provider.GetRequiredService(feature.PropertyType).Should().BeSameAs(feature.GetValue(client), "{0} is a feature", feature.Name);
        }
    }

    [Fact]
    public void A_registration_makes_one_client_however_often_it_is_asked_for_and_the_container_keeps_no_more()
    {
        using var provider = Services().BuildServiceProvider(validateScopes: true);
        Resolve(provider);
        var kept = Kept(provider);
        var client = provider.GetRequiredService<SixtyfourClient>();

        for (var request = 0; request < 1_000; request++)
        {
            using var scope = provider.CreateScope();
            scope.ServiceProvider.GetRequiredService<SixtyfourClient>().Should().BeSameAs(client);
            Resolve(scope.ServiceProvider);
            Kept(scope.ServiceProvider).Should().Be(0);
        }

        Kept(provider).Should().Be(kept);
    }

    [Fact]
    public async Task A_second_registration_only_adds_configuration()
    {
        var handler = new KeyKeeper();
        var services = new ServiceCollection();
        services.AddSixtyfour(o => (o.ApiKey, o.Endpoint) = ("sk_first", RegisteredClients.Endpoint)).SendsTo(handler);
        var before = services.ToList();

        services.AddSixtyfour(o => o.ApiKey = "sk_second");
        services.AddSixtyfour();

        services.Except(before).Select(service => service.ServiceType).Should().OnlyContain(type => type.Name.StartsWith("IConfigureOptions"));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ILeadsClient>().CallAsync();
        handler.Keys.Should().Equal(["sk_second"], "what comes later wins, and what the first said is still sent through its handler");
    }

    [Fact]
    public async Task A_second_registration_sends_no_request_through_a_handler_twice()
    {
        var passes = 0;
        var services = new ServiceCollection();
        services.AddSixtyfour(o => (o.ApiKey, o.Endpoint) = ("sk_first", RegisteredClients.Endpoint))
            .SendsTo(new KeyKeeper()).AddHttpMessageHandler(() => new Counting(() => passes++));
        services.AddSixtyfour();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<ILeadsClient>().CallAsync();

        passes.Should().Be(1);
    }

    [Fact]
    public void Options_may_come_from_other_services()
    {
        var services = new ServiceCollection();
        services.AddSingleton(RegisteredClients.Endpoint);
        services.AddSixtyfour((provider, o) => (o.ApiKey, o.Endpoint) = ("sk", new(provider.GetRequiredService<Uri>(), "/v2")));
        using var built = services.BuildServiceProvider();

        built.GetRequiredService<IOptionsMonitor<SixtyfourClientOptions>>().CurrentValue.Endpoint.AbsolutePath.Should().Be("/v2");
    }

    [Fact]
    public async Task A_client_that_was_disposed_with_the_application_says_so()
    {
        var provider = Services().BuildServiceProvider();
        var leads = provider.GetRequiredService<ILeadsClient>();
        await provider.DisposeAsync();
        await provider.DisposeAsync();

        var call = () => leads.CallAsync();

        (await call.Should().ThrowAsync<ObjectDisposedException>()).Which.ObjectName.Should().Be(nameof(SixtyfourClient));
    }

    [Fact]
    public async Task Disposing_the_application_ends_open_waits_and_names_their_jobs()
    {
        var services = new ServiceCollection();
        services.AddSixtyfour(o => (o.ApiKey, o.Endpoint) = ("sk", RegisteredClients.Endpoint)).SendsTo(new KeyKeeper());
        var provider = services.BuildServiceProvider();
        var jobs = provider.GetRequiredService<IJobsClient>();
        var waits = Enumerable.Range(1, 2).Select(n => (Id: $"job-{n}", Wait: jobs.GetJob($"job-{n}").WaitAsync(RegisteredClients.Token))).ToList();

        await provider.DisposeAsync();

        foreach (var (id, wait) in waits)
        {
            (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<ObjectDisposedException>())
                .WithMessage($"*job {id} was waited for. The job goes on*");
        }

        provider.Dispose();
    }

    [Fact]
    public async Task A_wait_that_begins_after_the_application_was_disposed_names_its_job()
    {
        var provider = Services().BuildServiceProvider();
        var jobs = provider.GetRequiredService<IJobsClient>();
        await provider.DisposeAsync();

        var wait = () => jobs.GetJob("job-1").WaitAsync(RegisteredClients.Token);

        (await wait.Should().ThrowAsync<ObjectDisposedException>()).WithMessage("*job-1*");
    }

    [Fact]
    public async Task A_factory_of_the_applications_own_may_give_out_one_client_for_all()
    {
        var handler = new KeyKeeper();
        using var shared = new HttpClient(handler);
        var services = new ServiceCollection();
        services.AddSixtyfour(o => (o.ApiKey, o.Endpoint) = ("sk", RegisteredClients.Endpoint));
        services.AddSingleton<IHttpClientFactory>(new OneForAll(shared));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<ILeadsClient>().CallAsync();
        await provider.GetRequiredService<ILeadsClient>().CallAsync();

        handler.Keys.Should().HaveCount(2);
    }

    [Fact]
    public void The_service_collection_must_be_there()
    {
        IServiceCollection none = null!;

        FluentActions.Invoking(() => none.AddSixtyfour()).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => none.AddKeyedSixtyfour("acme", _ => { })).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => none.AddSixtyfourForAnyKey((_, _, _) => { })).Should().Throw<ArgumentNullException>();
    }

    private static ServiceCollection Services()
    {
        var services = new ServiceCollection();
        services.AddSixtyfour(o => (o.ApiKey, o.Endpoint) = ("sk", RegisteredClients.Endpoint)).SendsTo(new KeyKeeper());
        return services;
    }

    private static void Resolve(IServiceProvider provider)
    {
        foreach (var face in s_faces)
        {
            provider.GetRequiredService(face);
        }
    }

    // The container has no public way to tell what it will dispose.
    private static int Kept(IServiceProvider provider)
    {
        var scope = provider is ServiceProvider ? Property(provider, "Root") : provider;
        return ((ICollection)Property(scope, "Disposables")).Count;
    }

    private static object Property(object of, string name) =>
        of.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(of)!;

    private sealed class OneForAll(HttpClient client) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => client;
    }

    private sealed class Counting(Action passed) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            passed();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
