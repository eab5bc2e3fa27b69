using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience.Testing;
using Microsoft.Extensions.Logging;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Registration;

/// <summary>What an application does to every one of its HTTP clients must not make a paid call fail early, nor go out twice.</summary>
public sealed class AppWideHandlerTests
{
    private const string Path = "/enrich-lead";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_resilience_handler_on_every_client_is_taken_off_whichever_was_registered_first(bool handlerFirst)
    {
        await using var emulator = await StartAsync(TimeSpan.FromSeconds(2));
        var services = new ServiceCollection();
        if (handlerFirst)
        {
            services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new StandardResilienceHandler()));
            services.AddSixtyfour(emulator.Configure);
        }
        else
        {
            services.AddSixtyfour(emulator.Configure);
            services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new StandardResilienceHandler()));
        }

        var found = await CallAsync(services);

        found["title"].AsString().Should().Be("VP Engineering");
        emulator.CountRequests(Path).Should().Be(1);
    }

    [Fact]
    public async Task A_resilience_handler_on_the_builder_that_came_back_is_taken_off_too()
    {
        await using var emulator = await StartAsync(TimeSpan.FromSeconds(2));
        var services = new ServiceCollection();
        services.AddSixtyfour(emulator.Configure).AddHttpMessageHandler(() => new StandardResilienceHandler());

        await CallAsync(services);

        emulator.CountRequests(Path).Should().Be(1);
    }

    [Fact]
    public async Task Clients_for_run_time_keys_lose_resilience_handlers_as_well()
    {
        await using var emulator = await StartAsync(TimeSpan.FromMilliseconds(500));
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new StandardResilienceHandler()));
        services.AddSixtyfourForAnyKey((_, _, o) => emulator.Configure(o));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<ILeadsClient>("globex").EnrichAsync(Api.Nadia, Api.Title, cancellationToken: Api.Token);

        emulator.CountRequests(Path).Should().Be(1);
    }

    [Theory]
    [InlineData(typeof(ImpatientHandler))]
    [InlineData(typeof(CloningHandler))]
    [InlineData(typeof(BufferingHandler))]
    [InlineData(typeof(ForkingHandler))]
    public async Task A_handler_of_unknown_kind_cannot_send_a_paid_call_twice(Type handler)
    {
        await using var emulator = await StartAsync(TimeSpan.FromSeconds(2));
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => (DelegatingHandler)Activator.CreateInstance(handler)!));
        services.AddSixtyfour(emulator.Configure);

        var call = () => CallAsync(services);

        await call.Should().ThrowAsync<OutcomeUnknownException>();
        emulator.CountRequests(Path).Should().Be(1);
    }

    [Theory]
    [InlineData(typeof(ImpatientHandler))]
    [InlineData(typeof(CloningHandler))]
    [InlineData(typeof(BufferingHandler))]
    [InlineData(typeof(ForkingHandler))]
    public async Task A_handler_of_unknown_kind_does_no_harm_to_a_call_that_is_answered_in_time(Type handler)
    {
        await using var emulator = await StartAsync(TimeSpan.Zero);
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => (DelegatingHandler)Activator.CreateInstance(handler)!));
        services.AddSixtyfour(options =>
        {
            emulator.Configure(options);
            options.Retry.MaxRetries = 0;
        });

        (await CallAsync(services))["title"].AsString().Should().Be("VP Engineering");
    }

    [Fact]
    public async Task Resilience_handlers_may_be_kept_and_the_guard_still_sends_a_paid_call_once()
    {
        await using var emulator = await StartAsync(TimeSpan.FromSeconds(2));
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new StandardResilienceHandler()));
        services.AddSixtyfour(options =>
        {
            emulator.Configure(options);
            options.KeepAppWideResilience = true;
        });

        var call = () => CallAsync(services);

        (await call.Should().ThrowAsync<OutcomeUnknownException>()).WithMessage("*a handler of the application tried to send it again, which was refused*");
        emulator.CountRequests(Path).Should().Be(1);
    }

    [Fact]
    public async Task Without_both_defences_the_same_call_is_paid_four_times()
    {
        await using var emulator = await StartAsync(TimeSpan.FromSeconds(2));
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new StandardResilienceHandler()));
        services.AddSixtyfour(options =>
        {
            emulator.Configure(options);
            options.KeepAppWideResilience = true;
            options.RefuseResends = false;
        });

        var call = () => CallAsync(services);

        await call.Should().ThrowAsync<OutcomeUnknownException>();
        emulator.CountRequests(Path).Should().Be(4, "this is what the two defences are there for");
        emulator.ChargedCents.Should().Be(40);
    }

    [Fact]
    public async Task What_was_taken_off_is_logged_once_for_each_client()
    {
        await using var emulator = await StartAsync(TimeSpan.Zero);
        using var log = new CapturedLog();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log));
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new StandardResilienceHandler()));
        services.AddSixtyfour(emulator.Configure).SetHandlerLifetime(TimeSpan.FromSeconds(1));
        services.AddKeyedSixtyfour("acme", emulator.Configure);
        await using var provider = services.BuildServiceProvider();

        for (var call = 0; call < 3; call++)
        {
            await provider.GetRequiredService<ILeadsClient>().EnrichAsync(Api.Nadia, Api.Title, cancellationToken: Api.Token);
            await provider.GetRequiredKeyedService<ILeadsClient>("acme").EnrichAsync(Api.Nadia, Api.Title, cancellationToken: Api.Token);
        }

        log.Of(4).Select(line => line.Message).Should().Equal(
            "Removed StandardResilienceHandler from the HTTP client 'Sixtyfour': their timeouts and retries do not suit paid calls. KeepAppWideResilience "
                + "keeps them.",
            "Removed StandardResilienceHandler from the HTTP client 'Sixtyfour:acme': their timeouts and retries do not suit paid calls. "
                + "KeepAppWideResilience keeps them.");
    }

    [Fact]
    public async Task Other_clients_of_the_application_keep_their_resilience_handlers()
    {
        await using var emulator = await StartAsync(TimeSpan.FromSeconds(2));
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new StandardResilienceHandler()));
        services.AddSixtyfour(emulator.Configure);
        services.AddHttpClient("other");
        await using var provider = services.BuildServiceProvider();
        using var other = provider.GetRequiredService<IHttpClientFactory>().CreateClient("other");
        other.DefaultRequestHeaders.Add("x-api-key", emulator.ApiKey);

        var call = () => other.PostAsync(
            new Uri(emulator.Endpoint, Path),
            new StringContent(
                """{"lead_info":{"name":"Nadia Okafor","company":"Example Robotics"},"struct":{"title":"Job title"}}""", null, "application/json"),
            Api.Token);

        await call.Should().ThrowAsync<TimeoutException>();
        emulator.CountRequests(Path).Should().Be(4);
    }

    [Fact]
    public async Task Defaults_of_the_application_for_its_clients_do_no_harm()
    {
        await using var server = await RecordingServer.StartAsync(async context =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(400), context.RequestAborted);
            await context.Response.Body.WriteAsync("""{"structured_data":{"title":"VP Engineering"}}"""u8.ToArray());
        });
        var services = new ServiceCollection();
        services.AddSixtyfour(options => (options.ApiKey, options.Endpoint) = ("sk_own", server.Address));
        services.ConfigureHttpClientDefaults(http => http.ConfigureHttpClient(client =>
        {
            client.Timeout = TimeSpan.FromMilliseconds(100);
            client.BaseAddress = new("https://elsewhere.invalid/api/");
            client.MaxResponseContentBufferSize = 5;
            client.DefaultRequestHeaders.Add("x-api-key", "somebody-elses");
            client.DefaultRequestHeaders.Add("User-Agent", "the-application");
            client.DefaultRequestHeaders.Add("Accept", "text/html");
        }));

        var found = await CallAsync(services);

        found["title"].AsString().Should().Be("VP Engineering");
        var request = server.Received.Should().ContainSingle().Which;
        request.PathAndQuery.Should().Be(Path);
        request.Headers["x-api-key"].Should().Be("sk_own");
        request.Headers["Accept"].Should().Be("application/json");
    }

    private static Task<SixtyfourEmulator> StartAsync(TimeSpan runTime) => SixtyfourEmulator.StartAsync(o => o.RunTime = _ => runTime, Api.Token);

    private static async Task<Enrichment> CallAsync(ServiceCollection services)
    {
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<ILeadsClient>().EnrichAsync(Api.Nadia, Api.Title, cancellationToken: Api.Token);
    }
}
