using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sixtyfour.Testing;

namespace Sixtyfour.AspNetCore.Tests.Support;

/// <summary>An application on a real Kestrel that receives webhooks, on a clock that the test owns.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Secret = "sk_whsec_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    public const string Path = "/webhooks/sixtyfour";

    private readonly WebApplication _app;
    private int _arrived;
    private int _left;
    private int _aborted;

    private Receiver(WebApplication app, LogOf log, TimeProvider clock)
    {
        (_app, Log, Clock) = (app, log, clock);
        Address = new Uri(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Path);
    }

    public Uri Address { get; }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    public LogOf Log { get; }

    public TimeProvider Clock { get; }

    /// <summary>How many requests have arrived.</summary>
    public int Arrived => Volatile.Read(ref _arrived);

    /// <summary>How many requests the application is done with.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>How many senders have hung up.</summary>
    public int Aborted => Volatile.Read(ref _aborted);

    /// <summary>What came out of the endpoint instead of an answer.</summary>
    public ConcurrentQueue<Exception> Unhandled { get; } = [];

    public IServiceProvider Services => _app.Services;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<Receiver> StartAsync(Func<WebhookEvent, CancellationToken, Task> handler, Action<SixtyfourWebhookOptions>? configure = null) =>
        StartAsync(endpoints => endpoints.MapSixtyfourWebhook(Path, handler), services => services.AddSixtyfourWebhooks(options =>
        {
            options.WebhookSecrets.Add(Secret);
            configure?.Invoke(options);
        }));

    public static async Task<Receiver> StartAsync(
        Action<IEndpointRouteBuilder> map, Action<IServiceCollection> services, TimeProvider? clock = null, Action<IConfigurationBuilder>? configuration = null,
        Func<HttpContext, Task>? middleware = null)
    {
        var log = new LogOf();
        clock ??= new FakeClock();
        var builder = WebApplication.CreateSlimBuilder();
        configuration?.Invoke(builder.Configuration);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(clock);
        services(builder.Services);
        var app = builder.Build();
        Receiver? receiver = null;
        app.Use(async (context, next) =>
        {
            Interlocked.Increment(ref receiver!._arrived);
            context.RequestAborted.Register(() => Interlocked.Increment(ref receiver._aborted));
            try
            {
                await next();
            }
            catch (Exception e)
            {
                receiver.Unhandled.Enqueue(e);
                throw;
            }
            finally
            {
                Interlocked.Increment(ref receiver._left);
            }
        });
        if (middleware is not null)
        {
            app.Use(async (context, next) =>
            {
                await middleware(context);
                await next();
            });
        }

        app.UseRouting();
        map(app);
        await app.StartAsync(Token);
        return receiver = new(app, log, clock);
    }

    public Task<(HttpStatusCode Status, string Word)> DeliverAsync(
        string body, string? eventId = "event-1", string secret = Secret, int attempt = 1, string path = Path) =>
        PostAsync(Encoding.UTF8.GetBytes(body), SixtyfourWebhook.Sign(Encoding.UTF8.GetBytes(body), secret, Clock.GetUtcNow()), eventId, attempt, path);

    public async Task<(HttpStatusCode Status, string Word)> PostAsync(
        byte[] body, string? signature, string? eventId = "event-1", int attempt = 1, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new ByteArrayContent(body) };
        Add("Sixtyfour-Signature", signature);
        Add("Sixtyfour-Event-Id", eventId);
        Add("Sixtyfour-Event-Type", "enrich_lead");
        Add("Sixtyfour-Delivery-Attempt", $"{attempt}");
        using var response = await Http.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    /// <summary>What the application logged, as text.</summary>
    internal sealed class LogOf : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(string Category, LogLevel Level, string Text)> Lines { get; private init; } = [];

        private string Category { get; init; } = "";

        public string All => string.Join('\n', Lines.Select(line => line.Text));

        public ILogger CreateLogger(string categoryName) => new LogOf { Lines = Lines, Category = categoryName };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Category == SixtyfourTelemetry.Name)
            {
                Lines.Enqueue((Category, logLevel, $"{eventId.Id} {formatter(state, exception)} {exception}"));
            }
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>The instruments of the SDK while a test runs.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly MeterListener _listener = new();

    public Metrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SixtyfourTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, tags));
        _listener.Start();
    }

    public ConcurrentQueue<string> Seen { get; } = [];

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Seen.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Value}"))}");
}
