using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Sixtyfour.CrashTests;

/// <summary>The emulator in a process of its own, asked about what it has seen over its own paths.</summary>
internal sealed class Service : IDisposable
{
    private readonly WorkerProcess _process;
    private readonly HttpClient _http;

    private Service(WorkerProcess process, Uri endpoint, string key)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = endpoint };
        (Endpoint, Key) = (endpoint, key);
    }

    public Uri Endpoint { get; }

    public string Key { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Service> StartAsync(string temporaryFolder)
    {
        var process = WorkerProcess.Start(temporaryFolder, "emulator");
        var words = (await process.LineAsync(Token))!.Split(' ');
        return new(process, new Uri(words[0]), words[1]);
    }

    public async Task InjectAsync(string fault)
    {
        using var body = new StringContent(fault);
        using var response = await _http.PostAsync(new Uri("_emulator/faults", UriKind.Relative), body, Token);
        response.EnsureSuccessStatusCode();
    }

    public async Task<decimal> ChargedCentsAsync() => (decimal)(await GetAsync("_emulator"))["charged_cents"]!;

    public async Task<IReadOnlyList<int>> RowsOfJobsAsync() => [.. (await GetAsync("_emulator/jobs")).AsArray().Select(job => (int)job!["rows"]!)];

    public async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. (await GetAsync("_emulator/requests"))
            .AsArray().Where(request => (string)request!["method"]! == "POST").Select(request => (string)request!["headers"]!["Idempotency-Key"]!).Distinct()];

    public async Task ResetAsync()
    {
        using var response = await _http.PostAsync(new Uri("_emulator/reset", UriKind.Relative), null, Token);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Dispose();
    }

    private async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), Token))!;
}
