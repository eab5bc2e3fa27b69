namespace Sixtyfour.Tests.Options;

public sealed class EnvironmentFallbackTests
{
    [Fact]
    public void What_was_not_set_is_filled_in()
    {
        var options = Apply(new(), key: "sk_environment", endpoint: "https://proxy.example.com/sixtyfour");

        (options.ApiKey, options.Endpoint.ToString()).Should().Be(("sk_environment", "https://proxy.example.com/sixtyfour"));
    }

    [Fact]
    public void What_was_set_stays()
    {
        var options = Apply(
            new() { ApiKey = "sk_code", Endpoint = new("https://api.example.com") }, key: "sk_environment", endpoint: "https://proxy.example.com");

        (options.ApiKey, options.Endpoint.Host).Should().Be(("sk_code", "api.example.com"));
    }

    [Fact]
    public void The_default_address_stays_when_it_was_set_on_purpose() =>
        Apply(new() { Endpoint = new("https://api.sixtyfour.ai") }, endpoint: "https://proxy.example.com").Endpoint.Host.Should().Be("api.sixtyfour.ai");

    [Fact]
    public void Where_a_provider_gives_the_key_the_environment_is_not_asked_for_one() =>
        Apply(new() { ApiKeyProvider = _ => new("sk") }, key: "sk_environment").ApiKey.Should().BeNull();

    [Fact]
    public void A_line_end_behind_a_value_does_no_harm()
    {
        var options = Apply(new(), key: "sk_environment\r\n", endpoint: "https://proxy.example.com\n");

        (options.ApiKey, options.Endpoint.Host).Should().Be(("sk_environment", "proxy.example.com"));
        options.Unreadable.Should().BeEmpty();
    }

    [Fact]
    public void An_address_that_is_none_is_a_problem_to_be_told() =>
        Apply(new(), endpoint: "nowhere").Unreadable.Should().ContainSingle().Which.Should()
            .Be("The environment variable SIXTYFOUR_API_ENDPOINT holds 'nowhere', which is not an absolute address: correct it or unset it.");

    [Fact]
    public void A_keyed_client_without_a_key_is_not_billed_to_the_key_of_the_environment()
    {
        var options = new SixtyfourClientOptions();

        new EnvironmentFallback(_ => "sk_operator").PostConfigure("acme", options);

        options.ApiKey.Should().BeNull();
    }

    private static SixtyfourClientOptions Apply(SixtyfourClientOptions options, string? key = null, string? endpoint = null)
    {
        new EnvironmentFallback(name => name is EnvironmentFallback.ApiKey ? key : endpoint).Apply(options, isDefault: true);
        return options;
    }
}
