using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Sixtyfour.Http;

namespace Sixtyfour.Registration;

/// <summary>The HTTP clients of the factory that the clients send through.</summary>
internal static class HttpClients
{
    public static string Name(string? serviceKey) => serviceKey is null ? "Sixtyfour" : $"Sixtyfour:{serviceKey}";

    public static void Configure(IHttpClientBuilder http, Func<IServiceProvider, bool> keepsAppWideResilience)
    {
        http.Services.TryAddSingleton<RemovedHandlersLog>();
        http.ConfigurePrimaryHttpMessageHandler(PrimaryHandler.Create).SetHandlerLifetime(PrimaryHandler.Lifetime);
        // The factory prints two lines a request, which for a poll every few seconds is noise; AddDefaultLogger on the builder brings them back.
        http.RemoveAllLoggers();
        // After everything the application configures, in whichever order it registered.
        http.Services.PostConfigure<HttpClientFactoryOptions>(
            http.Name, options => options.HttpMessageHandlerBuilderActions.Add(builder => AppWideHandlers.Tame(builder, keepsAppWideResilience)));
    }

    public static HttpClient Create(IHttpClientFactory factory, string name)
    {
        var client = factory.CreateClient(name);
        // Defaults of the application for all its clients; the limits of a paid call are ours.
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }
}
