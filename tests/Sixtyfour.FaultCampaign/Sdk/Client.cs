using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sixtyfour.FaultCampaign.Proxy;
using Sixtyfour.Testing;

namespace Sixtyfour.FaultCampaign.Sdk;

/// <summary>One life of a client: made as an application makes it, with a log that is kept.</summary>
internal sealed class Client : IAsyncDisposable
{
    /// <summary>In real time: long for a request that is answered in milliseconds, short enough for a hundred that are not.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    private readonly ServiceProvider _services;

    public Client(Service service, Uri address)
    {
        var services = new ServiceCollection();
        services.AddLogging(builder => builder.AddProvider(Log).SetMinimumLevel(LogLevel.Warning));
        services.AddSixtyfour(options => Configure(options, service, address));
        _services = services.BuildServiceProvider();
        Calls = new(_services.GetRequiredService<ISixtyfourClient>());
    }

    public CapturedLog Log { get; } = new();

    public SdkCalls Calls { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public static void Configure(SixtyfourClientOptions options, Service service, Uri address)
    {
        options.AgentAttemptTimeout = AttemptTimeout;
        options.QuickAttemptTimeout = AttemptTimeout;
        options.TransferIdleTimeout = AttemptTimeout;
        service.Emulator.Configure(options);
        options.Endpoint = address;
        options.RateLimit.RequestsPerMinute = null;
        options.RateLimit.BulkSubmissionsPerMinute = null;
    }
}
