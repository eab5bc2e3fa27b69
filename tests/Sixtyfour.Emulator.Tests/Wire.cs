using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests;

/// <summary>A bare HttpClient against an emulator: what a program in any language would see.</summary>
internal sealed class Wire : IAsyncDisposable
{
    public const string Nadia = """{"name": "Nadia Okafor", "company": "Example Robotics"}""";

    private Wire(SixtyfourEmulator emulator)
    {
        Emulator = emulator;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = emulator.Endpoint, Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Add("x-api-key", emulator.ApiKey);
    }

    public SixtyfourEmulator Emulator { get; }

    public HttpClient Http { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An emulator whose work is done at once.</summary>
    public static Task<Wire> StartAsync(Action<EmulatorOptions>? configure = null) => StartWithAsync(options =>
    {
        options.RunTime = _ => TimeSpan.Zero;
        configure?.Invoke(options);
    });

    /// <summary>An emulator on a clock that stands still, whose work takes four minutes.</summary>
    public static Task<Wire> StartOnManualClockAsync(Action<EmulatorOptions>? configure = null) => StartWithAsync(options =>
    {
        options.ManualClock = true;
        options.RunTime = _ => TimeSpan.FromMinutes(4);
        configure?.Invoke(options);
    });

    public static string Enrichment(string leadInfo = Nadia, string @struct = """{"title": "Current job title"}""", string more = "") =>
        $$"""{"lead_info": {{leadInfo}}, "struct": {{@struct}}{{(more.Length > 0 ? ", " + more : "")}}}""";

    public Task<HttpResponseMessage> PostAsync(string path, string body) => Http.PostAsync(Relative(path), Json(body), Token);

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(Relative(path), Token);

    public async Task<JsonObject> AnswerAsync(string path, string body) => await JsonOf(await PostAsync(path, body));

    public async Task<JsonObject> StructuredDataAsync(string leadInfo, string @struct) =>
        (JsonObject)(await AnswerAsync("/enrich-lead", Enrichment(leadInfo, @struct)))["structured_data"]!;

    public async Task<string> StartJobAsync(string path = "/enrich-lead-async", string? body = null) =>
        (string)(await AnswerAsync(path, body ?? Enrichment()))["task_id"]!;

    public async Task<JsonObject> PollAsync(string id) => await JsonOf(await GetAsync("/job-status/" + id));

    public static async Task<JsonObject> JsonOf(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!.AsObject();

    public static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Emulator.DisposeAsync();
    }

    private static async Task<Wire> StartWithAsync(Action<EmulatorOptions> configure) => new(await SixtyfourEmulator.StartAsync(configure, Token));

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
