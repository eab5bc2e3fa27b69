using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Sixtyfour.Http;

namespace Sixtyfour.Registration;

/// <summary>The services of one client: itself, its interface and each of its features.</summary>
internal static class ClientServices
{
    public static void Add(IServiceCollection services, object? serviceKey, Func<IServiceProvider, object?, SixtyfourClient> create)
    {
        services.AddKeyedSingleton(serviceKey, create);
        AddFeature<ISixtyfourClient>(services, serviceKey, client => client);
        AddFeature(services, serviceKey, client => client.Leads);
        AddFeature(services, serviceKey, client => client.People);
        AddFeature(services, serviceKey, client => client.Companies);
        AddFeature(services, serviceKey, client => client.Bulk);
        AddFeature(services, serviceKey, client => client.Jobs);
        AddFeature(services, serviceKey, client => client.Raw);
    }

    // Singletons, because the container remembers each transient that can be disposed; disposing the client twice does no harm.
    private static void AddFeature<T>(IServiceCollection services, object? serviceKey, Func<SixtyfourClient, T> feature)
        where T : class =>
        services.AddKeyedSingleton(serviceKey, (provider, key) => feature(provider.GetRequiredKeyedService<SixtyfourClient>(key)));
}

/// <summary>The HTTP clients of the factory that the clients send through.</summary>
internal static class HttpClients
{
    public static string Name(string? serviceKey) => serviceKey is null ? "Sixtyfour" : $"Sixtyfour:{serviceKey}";

    public static void Configure(IHttpClientBuilder http, Func<IServiceProvider, SixtyfourClientOptions> options)
    {
        http.Services.TryAddSingleton<RemovedHandlersLog>();
        http.SetHandlerLifetime(PrimaryHandler.Lifetime);
        // The factory logs two lines a request, which is noise for polls every few seconds; AddDefaultLogger on the builder brings them back.
        http.RemoveAllLoggers();
        // The first filter is the outermost: it runs after everything the application configures and after every other filter.
        http.Services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new PaidCallHandlers(http.Name, options)));
    }

    public static HttpClient Create(IHttpClientFactory factory, string name)
    {
        var client = factory.CreateClient(name);
        // The application may set a default for all its clients, but the limits of a paid call are the SDK's. A factory may return one client several times,
        // and that one cannot be changed after its first request.
        if (client.Timeout != Timeout.InfiniteTimeSpan)
        {
            client.Timeout = Timeout.InfiniteTimeSpan;
        }

        return client;
    }
}
