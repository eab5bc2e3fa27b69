using System.Net;
using System.Text.Json;
using Sixtyfour.Emulator;
using Sixtyfour.Testing;

namespace Sixtyfour.FaultCampaign.Proxy;

/// <summary>The emulator behind the proxies of all cases.</summary>
internal sealed class Service : IAsyncDisposable
{
    public const double TimeScale = 300;
    public const int CentsPerRow = 10;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 512 })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private Service(SixtyfourEmulator emulator) => Emulator = emulator;

    public SixtyfourEmulator Emulator { get; }

    public static async Task<Service> StartAsync(int seed)
    {
        var emulator = await SixtyfourEmulator.StartAsync(options =>
        {
            options.Seed = seed;
            options.TimeScale = TimeScale;
            options.RunTime = random => TimeSpan.FromSeconds(2 + (18 * random.NextDouble()));
            options.BalanceCents = 1_000_000_000;
            options.RequestsPerMinute = null;
            options.BulkSubmissionsPerMinute = null;
            options.PassThroughShare = 0;
            options.NotFoundShare = 0;
            options.PreviewRows = 0;
            options.MaxRecordedRequests = 100;
        });
        foreach (var path in new[] { "/enrich-lead", "/people-intelligence", "/company-intelligence",
            "/bulk-intelligence/people", "/bulk-intelligence/company" })
        {
            emulator.Answer(path, input => new() { ["title"] = TitleOf((string)(input["name"] ?? input["company_name"] ?? input["Name"])!) });
        }

        return new(emulator);
    }

    /// <summary>What is found about an input, so that an answer that came to the wrong one is seen.</summary>
    public static string TitleOf(string token) => $"Head of {token}";

    public async Task<ServiceAnswer> SendAsync(WireRequest request, string host)
    {
        var address = new Uri(Emulator.Endpoint, request.Target);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), address) { Content = new ByteArrayContent(request.Body) };
        foreach (var (name, value) in request.Headers)
        {
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else if (name is not ("Host" or "Connection" or "Expect" or "Transfer-Encoding"))
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        // Links in answers name the host that the client knows.
        message.Headers.Host = host;
        using var response = await _http.SendAsync(message);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Content-Length" or "Transfer-Encoding" or "Connection" or "Keep-Alive" or "Server"))
            .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)));
        return new((int)response.StatusCode, [.. headers], await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>False when the job had ended by then.</summary>
    public bool TryFail(string jobId)
    {
        try
        {
            Emulator.Jobs.First(job => job.Id == jobId).Fail("The agent gave up");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
    }
}

/// <summary>What the service answered, whatever the client gets of it.</summary>
internal sealed record ServiceAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool HasStartedBefore => Member("already_started") is { ValueKind: JsonValueKind.True };

    public string? JobId => Member("task_id")?.GetString();

    public int Rows => Member("row_count") is { ValueKind: JsonValueKind.Number } rows ? rows.GetInt32() : 1;

    private JsonElement? Member(string name)
    {
        using var json = JsonDocument.Parse(Body);
        return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) ? value.Clone() : null;
    }
}
