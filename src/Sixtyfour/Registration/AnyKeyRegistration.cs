using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sixtyfour.Registration;

/// <summary>Clients for service keys that are known only at run time.</summary>
internal static class AnyKeyRegistration
{
    private const string HttpName = "Sixtyfour:*";

    public static IHttpClientBuilder Add(IServiceCollection services, Action<IServiceProvider, string, SixtyfourClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(SixtyfourClient) && ReferenceEquals(service.ServiceKey, KeyedService.AnyKey)))
        {
            throw new InvalidOperationException("AddSixtyfourForAnyKey was already called: it would be ambiguous which of the two configures a key.");
        }

        var http = services.AddHttpClient(HttpName);
        HttpClients.Configure(http, _ => new());
        ClientServices.Add(services, KeyedService.AnyKey, (provider, key) => Create(provider, key, configure));
        return http;
    }

    private static SixtyfourClient Create(IServiceProvider provider, object? key, Action<IServiceProvider, string, SixtyfourClientOptions> configure)
    {
        if (key is not string tenant || string.IsNullOrWhiteSpace(tenant))
        {
            throw new InvalidOperationException($"The service key of a Sixtyfour client must be a string that is not empty; it is '{key}'.");
        }

        var options = new SixtyfourClientOptions();
        configure(provider, tenant, options);
        new EnvironmentFallback().Apply(options, isDefault: false);
        var problems = ClientSettings.Problems(options);
        if (options.KeepAppWideResilience)
        {
            problems.Add("KeepAppWideResilience cannot be set per run-time key, since these clients share one set of handlers: register that key by its name.");
        }

        if (!options.SendTraceContext)
        {
            problems.Add("SendTraceContext cannot be set per run-time key, since these clients share one set of handlers: register that key by its name.");
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(tenant, typeof(SixtyfourClientOptions), problems);
        }

        var factory = provider.GetRequiredService<IHttpClientFactory>();
        var fixedOptions = ClientSettings.Copy(options);
        return new(
            fixedOptions,
            () => fixedOptions,
            () => HttpClients.Create(factory, HttpName),
            (options.LoggerFactory ?? provider.GetRequiredService<ILoggerFactory>()).CreateLogger(SixtyfourTelemetry.Name));
    }
}
