using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Registration;

/// <summary>Registered clients over a handler that answers everything and keeps the keys it saw.</summary>
internal static class RegisteredClients
{
    public static readonly LeadInfo Nadia = new() { Name = "Nadia Okafor", Company = "Example Robotics" };
    public static readonly EnrichmentStruct Title = new() { ["title"] = "Current job title" };
    public static readonly Uri Endpoint = new("https://api.sixtyfour.test");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IHttpClientBuilder SendsTo(this IHttpClientBuilder http, HttpMessageHandler handler) =>
        http.ConfigurePrimaryHttpMessageHandler(() => handler);

    public static Task<Enrichment> CallAsync(this ILeadsClient leads) => leads.EnrichAsync(Nadia, Title, cancellationToken: Token);

    public static IConfigurationRoot Configuration(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value)).Build();

    public static ServiceCollection LoggingTo(this ServiceCollection services, CapturedLog log)
    {
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        return services;
    }
}

/// <summary>Answers every request alike.</summary>
internal sealed class KeyKeeper(HttpStatusCode status = HttpStatusCode.OK) : HttpMessageHandler
{
    private readonly List<string> _keys = [];

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_keys)
            {
                return [.. _keys];
            }
        }
    }

    public bool IsDisposed { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            await request.Content.ReadAsByteArrayAsync(cancellationToken);
        }

        lock (_keys)
        {
            _keys.Add(string.Join(",", request.Headers.GetValues("x-api-key")));
        }

        return ScriptedHandler.Response(status, """{"structured_data":{"title":"VP Engineering"},"status":"running","task_id":"job-1"}""");
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
