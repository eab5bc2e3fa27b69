using System.Text.Json;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Support;

/// <summary>An emulator whose agents finish at once, and a client of it whose retries hardly wait.</summary>
internal sealed class Api : IAsyncDisposable
{
    public static readonly LeadInfo Nadia = new() { Name = "Nadia Okafor", Company = "Example Robotics" };
    public static readonly EnrichmentStruct Title = new() { ["title"] = "Current job title" };

    private Api(SixtyfourEmulator emulator, SixtyfourClient client) => (Emulator, Client) = (emulator, client);

    public SixtyfourEmulator Emulator { get; }

    public SixtyfourClient Client { get; }

    public int RequestsSeen => Emulator.Requests.Count;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Api> StartAsync(
        Action<SixtyfourClientOptions>? client = null, Action<EmulatorOptions>? emulator = null, HttpMessageHandler? handler = null)
    {
        var started = await SixtyfourEmulator.StartAsync(
            options =>
            {
                options.RunTime = _ => TimeSpan.Zero;
                emulator?.Invoke(options);
            },
            Token);
        return new(started, CreateClient(started, client, handler));
    }

    public static SixtyfourClient CreateClient(SixtyfourEmulator emulator, Action<SixtyfourClientOptions>? configure = null, HttpMessageHandler? handler = null)
    {
        var options = new SixtyfourClientOptions();
        emulator.Configure(options);
        options.Retry.BaseDelay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(5);
        configure?.Invoke(options);
        return new SixtyfourClient(options: options, handler: handler);
    }

    public Task<Enrichment> PaidCallAsync(LeadOptions? options = null, CancellationToken? token = null) =>
        Client.Leads.EnrichAsync(Nadia, Title, options, token ?? Token);

    public Task<Job<Enrichment>> PaidStartAsync(LeadStartOptions? options = null, CancellationToken? token = null) =>
        Client.Leads.StartAsync(Nadia, Title, options, token ?? Token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Emulator.DisposeAsync();
    }
}
