using Microsoft.Extensions.Configuration;
using Sixtyfour;
using Sixtyfour.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Sixtyfour clients.</summary>
/// <remarks>
/// Each registration is one singleton <see cref="SixtyfourClient"/>; you can inject it and each of its features (<see cref="ILeadsClient"/> …). Registering
/// again only adds configuration. The returned builder configures the HTTP client underneath: handlers added to it run within one attempt, below the SDK's
/// own retries. Invalid options fail with <c>OptionsValidationException</c>, when the host starts or at the first use of the client. Sends nothing.
/// </remarks>
public static class SixtyfourServiceCollectionExtensions
{
    /// <summary>Registers the client. Without a key in <paramref name="configure"/> the environment variable <c>SIXTYFOUR_API_KEY</c> is used.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options; validated when the application starts.</param>
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
    /// <param name="section">The section; a changed key is used from the next attempt on.</param>
    public static IHttpClientBuilder AddSixtyfour(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var registration = ClientRegistration.Add(services, serviceKey: null);
        registration.Bind(section);
        return registration.Http;
    }

    /// <summary>Registers the client with options that need other services.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options; validated when the application starts.</param>
    public static IHttpClientBuilder AddSixtyfour(this IServiceCollection services, Action<IServiceProvider, SixtyfourClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var registration = ClientRegistration.Add(services, serviceKey: null);
        registration.Options.Configure<IServiceProvider>((options, provider) => configure(provider, options));
        return registration.Http;
    }

    /// <summary>Registers a separate client under a service key, with its own API key and its own request limit.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="serviceKey">The key for <c>[FromKeyedServices]</c> and <c>GetRequiredKeyedService</c>.</param>
    /// <param name="configure">Sets the options; validated when the application starts.</param>
    /// <exception cref="ArgumentException"><paramref name="serviceKey"/> is empty or white space.</exception>
    public static IHttpClientBuilder AddKeyedSixtyfour(this IServiceCollection services, string serviceKey, Action<SixtyfourClientOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceKey);
        ArgumentNullException.ThrowIfNull(configure);
        var registration = ClientRegistration.Add(services, serviceKey);
        registration.Options.Configure(configure);
        return registration.Http;
    }

    /// <summary>Registers a separate client under a service key from a configuration section.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="serviceKey">The key for <c>[FromKeyedServices]</c> and <c>GetRequiredKeyedService</c>.</param>
    /// <param name="section">The section; a changed key is used from the next attempt on.</param>
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
    /// Registers clients for all other service keys, made at their first use, so that tenants may be rows of a database. An explicit registration takes
    /// precedence.
    /// </summary>
    /// <remarks>Each key that is used keeps its client as long as the application runs. All of them share one set of connections.</remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">
    /// Sets the options of one service key, once; use <see cref="SixtyfourClientOptions.ApiKeyProvider"/> for an API key that changes.
    /// </param>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public static IHttpClientBuilder AddSixtyfourForAnyKey(this IServiceCollection services, Action<IServiceProvider, string, SixtyfourClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AnyKeyRegistration.Add(services, configure);
    }
}
