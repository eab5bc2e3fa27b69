using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Registration;

/// <summary>Configuration that changes while the application runs.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly CapturedLog _log = new();
    private readonly KeyKeeper _handler = new();
    private readonly IConfigurationRoot _configuration = RegisteredClients.Configuration(
        ("Sixtyfour:ApiKey", "sk_first"),
        ("Sixtyfour:Endpoint", "https://api.sixtyfour.test"), ("Acme:ApiKey", "sk_acme"), ("Acme:Endpoint", "https://api.sixtyfour.test"));

    private ServiceProvider? _provider;

    public void Dispose() => _provider?.Dispose();

    [Fact]
    public async Task A_rotated_key_is_used_by_the_next_request()
    {
        var leads = Register();
        await leads.CallAsync();

        Reload("ApiKey", "sk_second");
        await leads.CallAsync();

        _handler.Keys.Should().Equal("sk_first", "sk_second");
    }

    [Theory]
    [InlineData("Retry:MaxRetries", "21")]
    [InlineData("Retry:MaxRetries", "many")]
    [InlineData("QuickAttemptTimeout", "-00:00:01")]
    [InlineData("QuickAttemptTimeout", "soon")]
    [InlineData("Endpoint", "http://api.example.com")]
    [InlineData("Endpoint", "nowhere")]
    [InlineData("KeepAppWideResilience", "perhaps")]
    public async Task A_bad_reload_keeps_the_last_good_key_and_is_logged_once(string setting, string value)
    {
        var leads = Register();
        await leads.CallAsync();

        Reload(("ApiKey", "sk_second"), (setting, value));
        await leads.CallAsync();
        await leads.CallAsync();

        _handler.Keys.Should().Equal("sk_first", "sk_first", "sk_first");
        var line = _log.Of(5).Should().ContainSingle().Which;
        line.Level.Should().Be(LogLevel.Error);
        line.Message.Should().Contain(value).And.NotContain("sk_");
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nend")]
    [InlineData("schlüssel")]
    public async Task A_key_that_no_header_can_carry_does_not_replace_a_good_one_and_is_not_logged(string key)
    {
        var leads = Register();

        Reload("ApiKey", key);
        await leads.CallAsync();

        _handler.Keys.Should().Equal("sk_first");
        _log.Of(5).Should().ContainSingle().Which.Message.Should().NotContain(key);
    }

    [Fact]
    public async Task A_good_reload_after_a_bad_one_counts()
    {
        var leads = Register();
        Reload("Retry:MaxRetries", "many");
        await leads.CallAsync();

        Reload(("Retry:MaxRetries", "3"), ("ApiKey", "sk_second"));
        await leads.CallAsync();

        _handler.Keys.Should().Equal("sk_first", "sk_second");
    }

    [Fact]
    public void Every_bad_reload_is_logged()
    {
        Register();

        Reload("Retry:MaxRetries", "many");
        Reload("Retry:MaxRetries", "lots");

        _log.Of(5).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_reload_is_logged_once_also_when_configuration_was_added_twice()
    {
        var services = new ServiceCollection().LoggingTo(_log);
        services.AddSixtyfour(_configuration.GetSection("Sixtyfour")).SendsTo(_handler);
        services.AddSixtyfour(_configuration.GetSection("Sixtyfour"));
        _provider = services.BuildServiceProvider();
        await _provider.GetRequiredService<ILeadsClient>().CallAsync();

        Reload("Retry:MaxRetries", "many");

        _log.Of(5).Should().ContainSingle().Which.Message.Should().EndWith(": The setting Sixtyfour:Retry:MaxRetries is 'many': it must be a whole number.");
    }

    [Fact]
    public void A_file_that_is_seen_to_change_twice_is_logged_once_and_again_after_it_was_good()
    {
        Register();

        Reload("Retry:MaxRetries", "many");
        _configuration.Reload();
        Reload("Retry:MaxRetries", "3");
        Reload("Retry:MaxRetries", "many");

        _log.Of(5).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_bad_reload_of_one_client_does_not_concern_the_other()
    {
        var services = new ServiceCollection().LoggingTo(_log);
        services.AddSixtyfour(_configuration.GetSection("Sixtyfour")).SendsTo(_handler);
        services.AddKeyedSixtyfour("acme", _configuration.GetSection("Acme")).SendsTo(_handler);
        _provider = services.BuildServiceProvider();
        await _provider.GetRequiredService<ILeadsClient>().CallAsync();
        await _provider.GetRequiredKeyedService<ILeadsClient>("acme").CallAsync();

        _configuration["Acme:ApiKey"] = "sk_acme_2";
        Reload("Retry:MaxRetries", "many");
        await _provider.GetRequiredService<ILeadsClient>().CallAsync();
        await _provider.GetRequiredKeyedService<ILeadsClient>("acme").CallAsync();

        _handler.Keys.Should().Equal("sk_first", "sk_acme", "sk_first", "sk_acme_2");
        _log.Of(5).Should().ContainSingle().Which.Message.Should().Contain("options ''");
    }

    [Fact]
    public async Task A_bad_reload_of_a_client_that_was_checked_at_the_start_and_never_used_does_not_reach_the_code_that_reloads()
    {
        var services = new ServiceCollection().LoggingTo(_log);
        services.AddSixtyfour(_configuration.GetSection("Sixtyfour")).SendsTo(_handler);
        services.AddKeyedSixtyfour("acme", _configuration.GetSection("Acme")).SendsTo(_handler);
        _provider = services.BuildServiceProvider();
        _provider.GetRequiredService<IStartupValidator>().Validate();
        await _provider.GetRequiredKeyedService<ILeadsClient>("acme").CallAsync();

        var reload = () => Reload("Retry:MaxRetries", "many");

        reload.Should().NotThrow("whoever reloads has nothing to do with it");
    }

    [Fact]
    public async Task A_key_that_comes_with_another_address_is_not_sent_to_the_old_one_and_that_is_logged_once()
    {
        var leads = Register();
        await leads.CallAsync();

        Reload(("Endpoint", "https://elsewhere.test"), ("ApiKey", "sk_elsewhere"));
        await leads.CallAsync();
        await leads.CallAsync();

        _handler.Keys.Should().Equal("sk_first", "sk_first", "sk_first");
        var line = _log.Of(11).Should().ContainSingle().Which;
        line.Level.Should().Be(LogLevel.Error);
        line.Message.Should().Contain("https://elsewhere.test").And.Contain("https://api.sixtyfour.test").And.NotContain("sk_");
    }

    [Fact]
    public async Task A_key_rotated_before_the_address_changed_stays_and_one_that_comes_after_it_has_changed_back_is_used()
    {
        var leads = Register();
        Reload("ApiKey", "sk_second");
        await leads.CallAsync();

        Reload(("Endpoint", "https://elsewhere.test"), ("ApiKey", "sk_elsewhere"));
        await leads.CallAsync();
        Reload(("Endpoint", "https://api.sixtyfour.test/v2"), ("ApiKey", "sk_third"));
        await leads.CallAsync();

        _handler.Keys.Should().Equal("sk_second", "sk_second", "sk_third");
    }

    [Fact]
    public async Task Only_the_key_changes_while_the_application_runs()
    {
        var leads = Register();
        await leads.CallAsync();

        Reload(("Endpoint", "https://api.sixtyfour.test/v2"), ("ApiKey", "sk_second"));
        await leads.CallAsync();

        _handler.Keys.Should().Equal("sk_first", "sk_second");
        _provider!.GetRequiredService<SixtyfourClient>().ToString().Should().Be("SixtyfourClient of https://api.sixtyfour.test");
    }

    private ILeadsClient Register()
    {
        var services = new ServiceCollection().LoggingTo(_log);
        services.AddSixtyfour(_configuration.GetSection("Sixtyfour")).SendsTo(_handler);
        _provider = services.BuildServiceProvider();
        return _provider.GetRequiredService<ILeadsClient>();
    }

    private void Reload(string setting, string value) => Reload((setting, value));

    private void Reload(params (string Setting, string Value)[] changes)
    {
        foreach (var (setting, value) in changes)
        {
            _configuration[$"Sixtyfour:{setting}"] = value;
        }

        _configuration.Reload();
    }
}
