using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.AspNetCore.Tests.Support;

namespace Sixtyfour.AspNetCore.Tests.Sample.Browser;

/// <summary>A headless Chromium with one page, as empty as a new one.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private DevTools _tools = null!;

    private Chromium(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    /// <summary>What a developer would see in red: failed requests, violations of the page's policy, exceptions nobody caught, messages.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    public static string? Find() => new[] { Environment.GetEnvironmentVariable("CHROME_PATH") }
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator).SelectMany(folder => s_names.Select(name => Path.Combine(folder, name))))
        .FirstOrDefault(File.Exists);

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static async Task<Chromium> OpenAsync(Uri address)
    {
        Assert.SkipWhen(Find() is null, "No Chromium here: neither CHROME_PATH nor chromium, chromium-browser or google-chrome on the PATH.");
        var profile = Directory.CreateTempSubdirectory("sixtyfour-chromium-");
        string[] arguments =
        [
            // Its sandbox does not start as root or in most containers. The only page it opens is our own.
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync", "--disable-breakpad", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank",
        ];
        var start = new ProcessStartInfo(Find()!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var browser = new Chromium(Process.Start(start)!, profile);
        try
        {
            await browser.ConnectAsync();
            await browser.SendAsync("Page.navigate", new() { ["url"] = address.ToString() });
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Receiver.Token);
        limit.CancelAfter(s_limit);
        return await _tools.SendAsync(method, parameters, limit.Token);
    }

    public async Task<T> EvaluateAsync<T>(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["exceptionDetails"] is { } problem
            ? throw new InvalidOperationException($"{expression}: {problem.ToJsonString()}")
            : answer["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits in the page, looking at each frame that it draws.</summary>
    public async Task UntilAsync(string condition)
    {
        try
        {
            await EvaluateAsync<bool>($"new Promise(done => {{ const look = () => ({condition}) ? done(true) : requestAnimationFrame(look); look(); }})");
        }
        catch (OperationCanceledException) when (!Receiver.Token.IsCancellationRequested)
        {
            throw new TimeoutException($"Not after {s_limit}: {condition}. The page says: {await EvaluateAsync<string>("document.body.innerText")}");
        }
    }

    public async Task PressAsync(string key, int code, string text = "")
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            await SendAsync("Input.dispatchKeyEvent",
                new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code, ["text"] = type is "keyDown" ? text : "" });
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        if (_tools is not null)
        {
            await _tools.DisposeAsync();
        }

        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser wrote its last file just now. The folder is a temporary one.
        }
    }

    private async Task ConnectAsync()
    {
        using var http = new HttpClient { BaseAddress = await AddressAsync() };
        var targets = await http.GetFromJsonAsync<JsonArray>("json/list", Receiver.Token);
        var page = targets!.Single(target => (string?)target!["type"] is "page")!;
        _tools = await DevTools.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), Note, Receiver.Token);
        foreach (var domain in new[] { "Page", "Runtime", "Log" })
        {
            await SendAsync($"{domain}.enable");
        }
    }

    /// <summary>The browser names its free port on its standard error.</summary>
    private async Task<Uri> AddressAsync()
    {
        const string Announcement = "DevTools listening on ";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Receiver.Token);
        limit.CancelAfter(s_limit);
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var said = new List<string>();
        while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            said.Add(line);
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                return new Uri($"http://{new Uri(line[Announcement.Length..]).Authority}/");
            }
        }

        throw new InvalidOperationException($"The browser ended before it listened: {string.Join('\n', said)}");
    }

    private void Note(string method, JsonNode parameters)
    {
        var isError = method switch
        {
            "Runtime.exceptionThrown" => true,
            "Runtime.consoleAPICalled" => (string?)parameters["type"] is "error" or "assert",
            "Log.entryAdded" => (string?)parameters["entry"]!["level"] is "error",
            _ => false,
        };
        if (isError)
        {
            Errors.Enqueue(parameters.ToJsonString());
        }
    }
}
