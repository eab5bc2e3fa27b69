using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sixtyfour.Tests.Registration;

public sealed class KeyedClientTests
{
    [Fact]
    public async Task Clients_of_several_keys_and_the_default_one_have_their_own_api_keys()
    {
        var handler = new KeyKeeper();
        var services = new ServiceCollection();
        services.AddSixtyfour(o => (o.ApiKey, o.Endpoint) = ("sk_default", RegisteredClients.Endpoint)).SendsTo(handler);
        services.AddKeyedSixtyfour("acme", o => (o.ApiKey, o.Endpoint) = ("sk_acme", RegisteredClients.Endpoint)).SendsTo(handler);
        services.AddKeyedSixtyfour("globex", RegisteredClients.Configuration(("ApiKey", "sk_globex"), ("Endpoint", "https://api.sixtyfour.test")))
            .SendsTo(handler);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<ILeadsClient>("acme").CallAsync();
        await provider.GetRequiredKeyedService<ILeadsClient>("globex").CallAsync();
        await provider.GetRequiredService<ILeadsClient>().CallAsync();

        handler.Keys.Should().Equal("sk_acme", "sk_globex", "sk_default");
    }

    [Fact]
    public async Task Each_key_has_a_request_limit_of_its_own()
    {
        var services = new ServiceCollection();
        foreach (var tenant in new[] { "acme", "globex" })
        {
            services.AddKeyedSixtyfour(tenant, o =>
            {
                (o.ApiKey, o.Endpoint) = ("sk", RegisteredClients.Endpoint);
                (o.RateLimit.RequestsPerMinute, o.RateLimit.MaxWait, o.Retry.MaxRetries) = (1, TimeSpan.Zero, 0);
            }).SendsTo(new KeyKeeper());
        }

        await using var provider = services.BuildServiceProvider();
        var acme = provider.GetRequiredKeyedService<ILeadsClient>("acme");
        await acme.CallAsync();

        await FluentActions.Awaiting(() => acme.CallAsync()).Should().ThrowAsync<RateLimitedException>();
        await provider.GetRequiredKeyedService<ILeadsClient>("globex").CallAsync();
    }

    [Fact]
    public async Task A_key_known_only_at_run_time_is_answered_and_an_explicit_registration_wins()
    {
        var handler = new KeyKeeper();
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, tenant, o) => (o.ApiKey, o.Endpoint) = ($"sk_any_{tenant}", RegisteredClients.Endpoint)).SendsTo(handler);
        services.AddKeyedSixtyfour("acme", o => (o.ApiKey, o.Endpoint) = ("sk_acme", RegisteredClients.Endpoint)).SendsTo(handler);
        await using var provider = services.BuildServiceProvider();

        foreach (var tenant in new[] { "acme", "globex", "initech" })
        {
            await provider.GetRequiredKeyedService<ISixtyfourClient>(tenant).Leads.CallAsync();
            await provider.GetRequiredKeyedService<ILeadsClient>(tenant).CallAsync();
            await provider.GetRequiredKeyedService<SixtyfourClient>(tenant).Leads.CallAsync();
        }

        handler.Keys.Should()
            .Equal(Enumerable.Repeat("sk_acme", 3).Concat(Enumerable.Repeat("sk_any_globex", 3)).Concat(Enumerable.Repeat("sk_any_initech", 3)));
    }

    [Fact]
    public void A_run_time_key_keeps_its_one_client_and_is_configured_once()
    {
        var configured = new List<string>();
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, tenant, o) =>
        {
            configured.Add(tenant);
            o.ApiKey = "sk";
        });
        using var provider = services.BuildServiceProvider();

        for (var request = 0; request < 1_000; request++)
        {
            using var scope = provider.CreateScope();
            scope.ServiceProvider.GetRequiredKeyedService<ILeadsClient>("globex")
                .Should().BeSameAs(provider.GetRequiredKeyedService<ISixtyfourClient>("globex").Leads);
        }

        configured.Should().Equal("globex");
    }

    [Fact]
    public async Task Each_run_time_key_has_a_request_limit_of_its_own()
    {
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, _, o) =>
        {
            (o.ApiKey, o.Endpoint) = ("sk", RegisteredClients.Endpoint);
            (o.RateLimit.RequestsPerMinute, o.RateLimit.MaxWait, o.Retry.MaxRetries) = (1, TimeSpan.Zero, 0);
        }).SendsTo(new KeyKeeper());
        await using var provider = services.BuildServiceProvider();
        var acme = provider.GetRequiredKeyedService<ILeadsClient>("acme");
        await acme.CallAsync();

        await FluentActions.Awaiting(() => acme.CallAsync()).Should().ThrowAsync<RateLimitedException>();
        await provider.GetRequiredKeyedService<ILeadsClient>("globex").CallAsync();
    }

    [Fact]
    public async Task A_tenant_whose_options_are_bad_is_refused_by_name_and_can_be_mended()
    {
        var key = "two words";
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, _, o) => (o.ApiKey, o.Endpoint) = (key, RegisteredClients.Endpoint)).SendsTo(new KeyKeeper());
        await using var provider = services.BuildServiceProvider();

        var ask = () => provider.GetRequiredKeyedService<ILeadsClient>("globex");

        var refused = ask.Should().Throw<OptionsValidationException>().Which;
        refused.OptionsName.Should().Be("globex");
        refused.Message.Should().NotContain(key);
        key = "sk";
        await ask().CallAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_run_time_key_that_is_blank_is_refused(string tenant)
    {
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, _, o) => o.ApiKey = "sk");
        using var provider = services.BuildServiceProvider();

        FluentActions.Invoking(() => provider.GetRequiredKeyedService<ILeadsClient>(tenant))
            .Should().Throw<InvalidOperationException>().WithMessage("*must be a string that is not empty*");
    }

    [Fact]
    public void A_run_time_key_that_is_no_text_is_refused()
    {
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, _, o) => o.ApiKey = "sk");
        using var provider = services.BuildServiceProvider();

        FluentActions.Invoking(() => provider.GetRequiredKeyedService<ILeadsClient>(7)).Should().Throw<InvalidOperationException>().WithMessage("*it is '7'*");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void A_service_key_that_is_blank_is_refused_at_registration(string? serviceKey)
    {
        FluentActions.Invoking(() => new ServiceCollection().AddKeyedSixtyfour(serviceKey!, _ => { })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new ServiceCollection().AddKeyedSixtyfour(serviceKey!, RegisteredClients.Configuration()))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Two_answers_to_every_other_key_would_be_a_guess_and_are_refused()
    {
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, _, o) => o.ApiKey = "sk");

        FluentActions.Invoking(() => services.AddSixtyfourForAnyKey((_, _, o) => o.ApiKey = "sk")).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Handlers_cannot_be_kept_for_one_run_time_key()
    {
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, _, o) => (o.ApiKey, o.KeepAppWideResilience) = ("sk", true));
        using var provider = services.BuildServiceProvider();

        FluentActions.Invoking(() => provider.GetRequiredKeyedService<ILeadsClient>("globex"))
            .Should().Throw<OptionsValidationException>().WithMessage("KeepAppWideResilience*");
    }

    [Fact]
    public async Task Disposing_the_application_disposes_the_clients_of_run_time_keys_too()
    {
        var services = new ServiceCollection();
        services.AddSixtyfourForAnyKey((_, _, o) => (o.ApiKey, o.Endpoint) = ("sk", RegisteredClients.Endpoint)).SendsTo(new KeyKeeper());
        var provider = services.BuildServiceProvider();
        var globex = provider.GetRequiredKeyedService<ILeadsClient>("globex");
        await provider.DisposeAsync();

        await FluentActions.Awaiting(() => globex.CallAsync()).Should().ThrowAsync<ObjectDisposedException>();
    }
}
