using Microsoft.Extensions.DependencyInjection;

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
