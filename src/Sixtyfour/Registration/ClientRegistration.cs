using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sixtyfour.Registration;

/// <summary>One registered client: its options, its HTTP client and its services. Adding it again changes nothing.</summary>
internal sealed class ClientRegistration
{
    private ClientRegistration(OptionsBuilder<SixtyfourClientOptions> options, IHttpClientBuilder http)
    {
        Options = options;
        Http = http;
    }

    public OptionsBuilder<SixtyfourClientOptions> Options { get; }

    public IHttpClientBuilder Http { get; }

    public static ClientRegistration Add(IServiceCollection services, string? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(services);
        var name = serviceKey ?? Microsoft.Extensions.Options.Options.DefaultName;
        var httpName = HttpClients.Name(serviceKey);
        var options = services.AddOptions<SixtyfourClientOptions>(name);
        var http = services.AddHttpClient(httpName);
        if (services.Any(service => service.ServiceType == typeof(SixtyfourClient) && Equals(service.ServiceKey, serviceKey)))
        {
            return new(options, http);
        }

        OptionsPipeline.Add(services);
        options.ValidateOnStart();
        HttpClients.Configure(http, provider => provider.GetRequiredService<IOptionsMonitor<SixtyfourClientOptions>>().Get(name));
        ClientServices.Add(services, serviceKey, (provider, _) => Create(provider, name, httpName));
        return new(options, http);
    }

    public void Bind(IConfiguration section)
    {
        Options.Services.AddSingleton<IOptionsChangeTokenSource<SixtyfourClientOptions>>(
            new ConfigurationChangeTokenSource<SixtyfourClientOptions>(Options.Name, section));
        Options.Configure(options => ConfigurationReader.Read(section, options));
    }

    private static SixtyfourClient Create(IServiceProvider provider, string name, string httpName)
    {
        var monitor = provider.GetRequiredService<IOptionsMonitor<SixtyfourClientOptions>>();
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        var options = ClientSettings.Copy(monitor.Get(name));
        return new(
            options,
            () => monitor.Get(name),
            () => HttpClients.Create(factory, httpName),
            (options.LoggerFactory ?? provider.GetRequiredService<ILoggerFactory>()).CreateLogger(SixtyfourTelemetry.Name));
    }
}

/// <summary>
/// Processes options after they were configured: the environment fills gaps, the last valid options replace an invalid reload, then they are validated.
/// </summary>
internal static class OptionsPipeline
{
    public static void Add(IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<SixtyfourClientOptions>, EnvironmentFallback>(_ => new EnvironmentFallback()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SixtyfourClientOptions>, LastGoodOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SixtyfourClientOptions>, ClientSettings>());
    }
}
