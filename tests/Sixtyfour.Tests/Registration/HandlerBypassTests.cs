using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Registration;

/// <summary>Ways around the two defences that an application may take without meaning to.</summary>
public sealed class HandlerBypassTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filter_that_replaces_the_primary_handler_does_not_lose_the_guard()
    {
        using var service = new ScriptedHandler();
        service.LosesTheAnswer().Answers("""{"task_id": "second"}""");
        await using var provider = Provider(new Filter(builder => builder.PrimaryHandler = new BufferingRetry { InnerHandler = service }));

        await FluentActions.Awaiting(() => StartAsync(provider)).Should().ThrowAsync<OutcomeUnknownException>();

        service.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_filter_that_adds_a_resilience_handler_has_it_taken_off()
    {
        using var service = new ScriptedHandler();
        service.Answers("""{"task_id": "job-1"}""");
        await using var provider = Provider(new Filter(builder =>
        {
            builder.PrimaryHandler = service;
            builder.AdditionalHandlers.Add(new PolicyHttpMessageHandler());
        }));

        (await StartAsync(provider)).Id.Should().Be("job-1");
    }

    [Fact]
    public async Task A_primary_handler_that_retries_is_guarded_below_itself()
    {
        using var service = new ScriptedHandler();
        service.LosesTheAnswer().Answers("""{"task_id": "second"}""");
        var services = new ServiceCollection();
        services.AddSixtyfour(o => o.ApiKey = "sk_test").ConfigurePrimaryHttpMessageHandler(() => new BufferingRetry { InnerHandler = service });
        await using var provider = services.BuildServiceProvider();

        await FluentActions.Awaiting(() => StartAsync(provider)).Should().ThrowAsync<OutcomeUnknownException>();

        service.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_primary_handler_that_the_application_gives_to_all_its_clients_is_used_and_follows_no_redirects()
    {
        using var service = new ScriptedHandler();
        service.Answers("""{"task_id": "job-1"}""");
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => service));
        services.AddSixtyfour(o => o.ApiKey = "sk_test");
        await using var provider = services.BuildServiceProvider();

        (await StartAsync(provider)).Id.Should().Be("job-1");

        service.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_primary_handler_of_this_client_wins_over_the_one_for_all_clients()
    {
        using var service = new ScriptedHandler();
        using var other = new ScriptedHandler();
        service.Answers("""{"task_id": "job-1"}""");
        var services = new ServiceCollection();
        services.AddSixtyfour(o => o.ApiKey = "sk_test").ConfigurePrimaryHttpMessageHandler(() => service);
        services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => other));
        await using var provider = services.BuildServiceProvider();

        (await StartAsync(provider)).Id.Should().Be("job-1");

        other.Seen.Should().BeEmpty();
    }

    [Fact]
    public void What_the_application_adjusts_for_all_its_clients_is_the_handler_of_the_SDK_and_redirects_stay_off()
    {
        HttpMessageHandler? adjusted = null;
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler((handler, _) =>
        {
            adjusted = handler;
            if (handler is SocketsHttpHandler sockets)
            {
                (sockets.AllowAutoRedirect, sockets.MaxConnectionsPerServer) = (true, 7);
            }
            else if (handler is HttpClientHandler older)
            {
                (older.AllowAutoRedirect, older.MaxConnectionsPerServer) = (true, 7);
            }
        }));
        services.AddSixtyfour(o => o.ApiKey = "sk_test");
        using var provider = services.BuildServiceProvider();

        _ = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("Sixtyfour");

        (adjusted switch
        {
            SocketsHttpHandler sockets => (sockets.AllowAutoRedirect, sockets.UseCookies, sockets.MaxConnectionsPerServer),
            HttpClientHandler older => (older.AllowAutoRedirect, older.UseCookies, older.MaxConnectionsPerServer),
            _ => default,
        }).Should().Be((false, false, 7));
    }

    private static ServiceProvider Provider(IHttpMessageHandlerBuilderFilter filter)
    {
        var services = new ServiceCollection();
        services.AddSixtyfour(o => o.ApiKey = "sk_test");
        services.AddSingleton(filter);
        return services.BuildServiceProvider();
    }

    private static Task<Job<Enrichment>> StartAsync(IServiceProvider provider) => provider.GetRequiredService<ILeadsClient>()
        .StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, cancellationToken: Token);

    private sealed class Filter(Action<HttpMessageHandlerBuilder> after) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            after(builder);
        };
    }

    private sealed class BufferingRetry : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.LoadIntoBufferAsync(cancellationToken);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException)
            {
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
