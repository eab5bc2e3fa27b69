using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Sixtyfour.Http;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Support;

/// <summary>A client whose minutes pass in no time, over a service made of a dictionary, and the runs of it.</summary>
internal sealed class ManyRuns : IDisposable
{
    public static readonly EnrichmentStruct Title = new() { ["title"] = "Job title" };

    private readonly HttpClient _http;
    private readonly SixtyfourClientOptions _options;
    private readonly Lazy<SixtyfourClient> _client;
    private RateLimiter? _limiter;

    public ManyRuns(Action<SixtyfourClientOptions>? configure = null, ILogger? logger = null)
    {
        Service = new(Clock);
        _http = new(Service) { Timeout = Timeout.InfiniteTimeSpan };
        _options = new SixtyfourClientOptions { ApiKey = TestClients.Key, Endpoint = new("https://api.sixtyfour.test"), TimeProvider = Clock };
        configure?.Invoke(_options);
        _client = new(() => new(_options, () => _options, () => _http, logger ?? Log, random: new Random(64).NextDouble));
    }

    public FakeClock Clock { get; } = new();

    public VirtualService Service { get; }

    public CapturedLog Log { get; } = new();

    public SixtyfourClient Client => _client.Value;

    /// <summary>Ids that went to <c>OnStarted</c>.</summary>
    public List<string> HandedOver { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"person {i}");

    /// <summary>Puts a limiter of the application's in the way, before anything is sent.</summary>
    public T Limit<T>(Func<FakeClock, T> limiter)
        where T : RateLimiter
    {
        var made = limiter(Clock);
        _options.RateLimit.Limiter = _limiter = made;
        return made;
    }

    /// <summary>All outcomes, and what the run threw.</summary>
    public async Task<(List<ManyOutcome<string, Enrichment>> Outcomes, Exception? Thrown)> RunAsync(
        IEnumerable<string> names, Action<ManyOptions<string, LeadOptions>>? configure = null, CancellationToken? token = null)
    {
        var outcomes = new List<ManyOutcome<string, Enrichment>>();
        var options = new ManyOptions<string, LeadOptions> { OnStarted = HandOverAsync };
        configure?.Invoke(options);
        var thrown = await VirtuallyAsync(async () =>
        {
            try
            {
                await foreach (var outcome in Client.Leads.EnrichManyAsync(names, name => new() { Name = name }, Title, options, token ?? Token))
                {
                    outcomes.Add(outcome);
                }

                return null;
            }
            catch (Exception e)
            {
                return e;
            }
        });
        return (outcomes, thrown);
    }

    public Task HandOverAsync(string name, string jobId, CancellationToken token)
    {
        lock (HandedOver)
        {
            HandedOver.Add(jobId);
        }

        return Task.CompletedTask;
    }

    public Task<T> VirtuallyAsync<T>(Func<Task<T>> work) => Clock.RunAsync(Task.Run(work, Token));

    /// <summary>Fails if anything still waits for the clock once all code is at rest.</summary>
    public async Task NothingIsLeftAsync()
    {
        await FakeClock.RestAsync();
        Clock.ActiveTimers.Should().Be(0);
    }

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
        Service.Dispose();
        Log.Dispose();
        _limiter?.Dispose();
    }
}
