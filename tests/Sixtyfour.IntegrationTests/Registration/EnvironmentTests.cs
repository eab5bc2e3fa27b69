using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sixtyfour.IntegrationTests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Registration;

[Collection(EnvironmentVariables.Collection)]
public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_registered_client_takes_key_and_address_from_the_environment_where_nothing_else_names_them()
    {
        await using var server = await RecordingServer.StartAsync();
        using var environment = new EnvironmentVariables("sk_environment", server.Address.ToString());
        var services = new ServiceCollection();
        services.AddSixtyfour();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<ILeadsClient>().EnrichAsync(Api.Nadia, Api.Title, cancellationToken: Api.Token);

        server.Keys.Should().Equal("sk_environment");
    }

    [Fact]
    public async Task What_is_set_in_code_wins_over_the_environment()
    {
        await using var server = await RecordingServer.StartAsync();
        using var environment = new EnvironmentVariables("sk_environment", "https://elsewhere.invalid");
        using var sixtyfour = new SixtyfourClient("sk_code", new() { Endpoint = server.Address });

        await sixtyfour.Leads.EnrichAsync(Api.Nadia, Api.Title, cancellationToken: Api.Token);

        server.Keys.Should().Equal("sk_code");
    }

    [Fact]
    public async Task The_real_address_set_in_code_is_not_replaced_by_the_environment()
    {
        using var environment = new EnvironmentVariables("sk_environment", "http://127.0.0.1:9");
        var services = new ServiceCollection();
        services.AddSixtyfour(options => options.Endpoint = new("https://api.sixtyfour.ai"));
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<SixtyfourClient>().ToString().Should().Be("SixtyfourClient of https://api.sixtyfour.ai");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void Without_any_key_a_client_says_where_to_put_one(string? environmentKey)
    {
        using var environment = new EnvironmentVariables(environmentKey);

        var create = () => new SixtyfourClient();

        create.Should().Throw<ArgumentException>().WithMessage("ApiKey is missing: set it*SIXTYFOUR_API_KEY*");
    }

    [Fact]
    public void Without_any_key_the_application_does_not_start()
    {
        using var environment = new EnvironmentVariables();
        var services = new ServiceCollection();
        services.AddSixtyfour();
        using var provider = services.BuildServiceProvider();

        var start = () => provider.GetRequiredService<IStartupValidator>().Validate();

        start.Should().Throw<OptionsValidationException>().WithMessage("ApiKey is missing: set it*SIXTYFOUR_API_KEY*");
    }

    [Fact]
    public void An_address_in_the_environment_that_is_none_is_told_with_its_value()
    {
        using var environment = new EnvironmentVariables("sk_environment", "api.example.com");

        var create = () => new SixtyfourClient();

        create.Should().Throw<ArgumentException>().WithMessage("The environment variable SIXTYFOUR_API_ENDPOINT holds 'api.example.com'*");
    }

    [Fact]
    public void The_environment_is_held_to_the_same_rules_as_code()
    {
        using var environment = new EnvironmentVariables("sk_environment", "http://api.example.com");

        var create = () => new SixtyfourClient();

        create.Should().Throw<ArgumentException>().WithMessage("*would send the key unencrypted*").Which.Message.Should().NotContain("sk_environment");
    }

    [Fact]
    public async Task A_line_end_behind_the_key_in_the_environment_does_no_harm()
    {
        await using var server = await RecordingServer.StartAsync();
        using var environment = new EnvironmentVariables("sk_environment\n", server.Address.ToString());
        using var sixtyfour = new SixtyfourClient();

        await sixtyfour.Leads.EnrichAsync(Api.Nadia, Api.Title, cancellationToken: Api.Token);

        server.Keys.Should().Equal("sk_environment");
    }
}
