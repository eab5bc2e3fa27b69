using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sixtyfour.AspNetCore;
using Sixtyfour.AspNetCore.Health;
using Sixtyfour.AspNetCore.Options;
using Sixtyfour.AspNetCore.Receiving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the receiver of Sixtyfour webhooks, and the health check. Neither needs an API key.</summary>
public static class SixtyfourAspNetCoreServiceCollectionExtensions
{
    /// <summary>Registers the webhook receiver with options from a configuration section; then map an endpoint with <c>MapSixtyfourWebhook</c>.</summary>
    /// <remarks>
    /// Reads <c>WebhookSecrets</c> (a list, or a single one), <c>Tolerance</c>, <c>MaxBodyBytes</c> and <c>AllowUnsigned</c>; the section may be the one given
    /// to <c>AddSixtyfour</c>. Changes take effect with the next delivery; a reload that fails validation is logged and ignored. Which events were handled is
    /// remembered in the application's <see cref="IDistributedCache"/>; without one, a cache in memory is registered.
    /// </remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="section">The section, such as <c>Configuration.GetSection("Sixtyfour")</c>.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddSixtyfourWebhooks(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, Options.Options.DefaultName, section);
    }

    /// <summary>The same under a name: endpoints mapped with that <c>optionsName</c> have these secrets and limits, and no others.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the options.</param>
    /// <param name="section">The section, such as <c>Configuration.GetSection("Sixtyfour:Europe")</c>.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddSixtyfourWebhooks(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, name, section);
    }

    /// <summary>Registers the webhook receiver; then map an endpoint with <c>MapSixtyfourWebhook</c>. Can be combined with the other overload.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options; checked when the application starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddSixtyfourWebhooks(this IServiceCollection services, Action<SixtyfourWebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return AddReceiver(services, Options.Options.DefaultName).Configure(configure);
    }

    /// <summary>The same under a name: endpoints mapped with that <c>optionsName</c> have these secrets and limits, and no others.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the options.</param>
    /// <param name="configure">Sets the options; checked when the application starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddSixtyfourWebhooks(this IServiceCollection services, string name, Action<SixtyfourWebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return AddReceiver(services, name).Configure(name, configure);
    }

    /// <summary>Adds a health check that sends nothing, so it costs nothing and counts against no limit.</summary>
    /// <remarks>
    /// Unhealthy: no client and no receiver is registered; or the options of a registered client (keyed ones included, except those made at run time), or of
    /// the receiver, fail validation; or such a client cannot be created. Degraded: webhooks are received and no secret is configured. It does not check
    /// whether the key is accepted or the service can be reached: an outage of the service is not a reason to restart your application.
    /// </remarks>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">The name of the check.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static IHealthChecksBuilder AddSixtyfour(this IHealthChecksBuilder builder, string name = "sixtyfour")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var services = builder.Services;
        return builder.Add(new HealthCheckRegistration(name, provider => new SixtyfourHealthCheck(provider, services), failureStatus: null, tags: null));
    }

    private static IServiceCollection Add(IServiceCollection services, string name, IConfiguration section)
    {
        services.AddSingleton<IOptionsChangeTokenSource<SixtyfourWebhookOptions>>(new ConfigurationChangeTokenSource<SixtyfourWebhookOptions>(name, section));
        return AddReceiver(services, name).Configure<SixtyfourWebhookOptions>(name, options => WebhookOptionsReader.Read(section, options));
    }

    private static IServiceCollection AddReceiver(IServiceCollection services, string name)
    {
        services.AddLogging();
        services.AddDistributedMemoryCache();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventsInFlight>();
        services.TryAddSingleton<DoneMarks>();
        services.TryAddSingleton<WebhookReceiver>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SixtyfourWebhookOptions>, LastGoodWebhookOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SixtyfourWebhookOptions>, WebhookOptionsValidator>());
        services.AddSingleton(new WebhookOptionsName(name));
        services.AddOptions<SixtyfourWebhookOptions>(name).ValidateOnStart();
        return services;
    }
}
