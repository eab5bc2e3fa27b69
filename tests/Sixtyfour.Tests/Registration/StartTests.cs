using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sixtyfour.Tests.Registration;

/// <summary>What is wrong with the options is told when the application starts, not at the first call.</summary>
public sealed class StartTests
{
    [Fact]
    public void Options_out_of_range_stop_the_application_at_its_start()
    {
        using var provider = Register(services => services.AddSixtyfour(o => (o.ApiKey, o.Retry.MaxRetries) = ("sk", 21)));

        Start(provider).Should().Throw<OptionsValidationException>().WithMessage("Retry.MaxRetries is 21: it must be from 0 to 20.");
    }

    [Fact]
    public void Options_of_a_keyed_client_are_checked_at_the_start_too()
    {
        using var provider = Register(services =>
        {
            services.AddSixtyfour(o => o.ApiKey = "sk");
            services.AddKeyedSixtyfour("acme", o => (o.ApiKey, o.Endpoint) = ("sk", new("ftp://files.example.com")));
        });

        Start(provider).Should().Throw<OptionsValidationException>().Which.OptionsName.Should().Be("acme");
    }

    [Fact]
    public void The_client_itself_cannot_be_had_with_bad_options_and_says_the_same()
    {
        using var provider = Register(services => services.AddSixtyfour(o => (o.ApiKey, o.Retry.MaxRetries) = ("sk", 21)));

        FluentActions.Invoking(() => provider.GetRequiredService<ILeadsClient>())
            .Should().Throw<OptionsValidationException>().WithMessage("Retry.MaxRetries is 21*");
    }

    [Fact]
    public void Good_options_start()
    {
        using var provider = Register(services => services.AddSixtyfour(o => o.ApiKey = "sk"));

        Start(provider).Should().NotThrow();
    }

    private static Action Start(ServiceProvider provider) => () => provider.GetRequiredService<IStartupValidator>().Validate();

    private static ServiceProvider Register(Action<ServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        return services.BuildServiceProvider();
    }
}
