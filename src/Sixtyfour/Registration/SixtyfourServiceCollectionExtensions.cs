using Microsoft.Extensions.Configuration;
using Sixtyfour;
using Sixtyfour.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Sixtyfour clients.</summary>
/// <remarks>
/// One <see cref="SixtyfourClient"/> per registration, a singleton; it and each of its features (<see cref="ILeadsClient"/> …) can be injected. Registering
/// again only adds configuration. The builder that comes back configures the HTTP client underneath: handlers added to it sit inside one attempt, below the
/// SDK's own retry.
/// </remarks>
public static class SixtyfourServiceCollectionExtensions
{
    /// <summary>Registers the client. Without a key in <paramref name="configure"/> the environment variable <c>SIXTYFOUR_API_KEY</c> is used.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options; checked when the application starts.</param>
    public static IHttpClientBuilder AddSixtyfour(this IServiceCollection services, Action<SixtyfourClientOptions>? configure = null)
    {
        var registration = ClientRegistration.Add(services, serviceKey: null);
        if (configure is not null)
        {
            registration.Options.Configure(configure);
        }

        return registration.Http;
    }

    /// <summary>Registers the client from a configuration section: <c>ApiKey</c>, <c>Retry:MaxRetries</c>, <c>RateLimit:RequestsPerMinute</c> …</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="section">The section; a key that changes in it counts from the next attempt.</param>
    public static IHttpClientBuilder AddSixtyfour(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var registration = ClientRegistration.Add(services, serviceKey: null);
        registration.Bind(section);
        return registration.Http;
    }

    /// <summary>Registers the client with options that need other services.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options; checked when the application starts.</param>
    public static IHttpClientBuilder AddSixtyfour(this IServiceCollection services, Action<IServiceProvider, SixtyfourClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var registration = ClientRegistration.Add(services, serviceKey: null);
        registration.Options.Configure<IServiceProvider>((options, provider) => configure(provider, options));
        return registration.Http;
    }

    /// <summary>Registers a client of its own under a service key: own API key, own request limit.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="serviceKey">What <c>[FromKeyedServices]</c> and <c>GetRequiredKeyedService</c> ask for.</param>
    /// <param name="configure">Sets the options; checked when the application starts.</param>
    /// <exception cref="ArgumentException"><paramref name="serviceKey"/> is empty or white space.</exception>
    public static IHttpClientBuilder AddKeyedSixtyfour(this IServiceCollection services, string serviceKey, Action<SixtyfourClientOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceKey);
        ArgumentNullException.ThrowIfNull(configure);
        var registration = ClientRegistration.Add(services, serviceKey);
        registration.Options.Configure(configure);
        return registration.Http;
    }

    /// <summary>Registers a client of its own under a service key from a configuration section.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="serviceKey">What <c>[FromKeyedServices]</c> and <c>GetRequiredKeyedService</c> ask for.</param>
    /// <param name="section">The section; a key that changes in it counts from the next attempt.</param>
    /// <exception cref="ArgumentException"><paramref name="serviceKey"/> is empty or white space.</exception>
    public static IHttpClientBuilder AddKeyedSixtyfour(this IServiceCollection services, string serviceKey, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceKey);
        ArgumentNullException.ThrowIfNull(section);
        var registration = ClientRegistration.Add(services, serviceKey);
        registration.Bind(section);
        return registration.Http;
    }

    /// <summary>
    /// Registers clients for every other service key, made when first asked for, so that tenants may be rows of a database. An explicit registration wins.
    /// </summary>
    /// <remarks>Each key that is asked for keeps its client as long as the application runs. All of them share one set of connections.</remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">
    /// Sets the options of one service key, once; a key that changes goes through <see cref="SixtyfourClientOptions.ApiKeyProvider"/>.
    /// </param>
    public static IHttpClientBuilder AddSixtyfourForAnyKey(this IServiceCollection services, Action<IServiceProvider, string, SixtyfourClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AnyKeyRegistration.Add(services, configure);
    }
}
