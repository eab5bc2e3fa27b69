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
        AddFace<ISixtyfourClient>(services, serviceKey, client => client);
        AddFace(services, serviceKey, client => client.Leads);
        AddFace(services, serviceKey, client => client.People);
        AddFace(services, serviceKey, client => client.Companies);
        AddFace(services, serviceKey, client => client.Bulk);
        AddFace(services, serviceKey, client => client.Jobs);
        AddFace(services, serviceKey, client => client.Raw);
    }

    // Singletons, because the container remembers each transient that can be disposed; disposing the client twice does no harm.
    private static void AddFace<T>(IServiceCollection services, object? serviceKey, Func<SixtyfourClient, T> face)
        where T : class =>
        services.AddKeyedSingleton(serviceKey, (provider, key) => face(provider.GetRequiredKeyedService<SixtyfourClient>(key)));
}

/// <summary>The HTTP clients of the factory that the clients send through.</summary>
internal static class HttpClients
{
    public static string Name(string? serviceKey) => serviceKey is null ? "Sixtyfour" : $"Sixtyfour:{serviceKey}";

    public static void Configure(IHttpClientBuilder http, Func<IServiceProvider, SixtyfourClientOptions> options)
    {
        http.Services.TryAddSingleton<RemovedHandlersLog>();
        http.SetHandlerLifetime(PrimaryHandler.Lifetime);
        // The factory prints two lines a request, which for a poll every few seconds is noise; AddDefaultLogger on the builder brings them back.
        http.RemoveAllLoggers();
        // The first filter is the outermost: it has its say after everything the application configures and after every other filter.
        http.Services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new PaidCallHandlers(http.Name, options)));
    }

    public static HttpClient Create(IHttpClientFactory factory, string name)
    {
        var client = factory.CreateClient(name);
        // Defaults of the application for all its clients; the limits of a paid call are ours. A factory that gives out one client again and again cannot
        // have it changed after its first request.
        if (client.Timeout != Timeout.InfiniteTimeSpan)
        {
            client.Timeout = Timeout.InfiniteTimeSpan;
        }

        return client;
    }
}
