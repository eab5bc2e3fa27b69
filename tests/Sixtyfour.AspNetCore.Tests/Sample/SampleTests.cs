using System.Diagnostics;
using System.Net;
using Sixtyfour.AspNetCore.Tests.Support;

namespace Sixtyfour.AspNetCore.Tests.Sample;

/// <summary>The sample as a program of its own: its webhooks, its page by HTTP and its stream of events.</summary>
public sealed class SampleTests
{
    private static readonly string[] s_tools = ["bash", "openssl", "curl"];

    [Fact]
    public async Task The_sample_shows_its_jobs_end_and_takes_what_openssl_has_signed()
    {
        await using var sample = await SampleProgram.StartAsync();
        using var http = new HttpClient { BaseAddress = sample.Address, Timeout = TimeSpan.FromSeconds(60) };

        var page = await http.GetAsync("/", Receiver.Token);
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Which.Should().StartWith("default-src 'self'");
        (await page.Content.ReadAsStringAsync(Receiver.Token)).Should().Contain("<html lang=\"en\">").And.Contain("aria-live").And.Contain("page.js");
        (await http.GetAsync("/page.css", Receiver.Token)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetStringAsync("/page.js", Receiver.Token)).Should().Contain("EventSource").And.NotContain("innerHTML");
        (await http.GetStringAsync("/health", Receiver.Token)).Should().Be("Healthy");
        (await http.PostAsync("/start", null, Receiver.Token)).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        // Five jobs, whose webhooks are doubled, dropped, corrupted and replayed on the way; each end is shown once.
        var states = new List<string>();
        using var events = new StreamReader(await http.GetStreamAsync("/events", Receiver.Token));
        while (states.Count(state => state.Contains("\"completed\"", StringComparison.Ordinal)) < 5)
        {
            if (await events.ReadLineAsync(Receiver.Token) is { Length: > 0 } line && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                states.Add(line);
            }
        }

        states.Should().HaveCount(10).And.OnlyHaveUniqueItems();
        if (HasOpenSsl())
        {
            var script = Path.Combine(SampleProgram.Root, "tests", "webhook-openssl.sh");
            var (exitCode, output) = await RunAsync("bash", [script, new Uri(sample.Address, Receiver.Path).ToString(), SampleProgram.Secret]);
            exitCode.Should().Be(0, output);
            output.Split('\n').Count(line => line.StartsWith("ok", StringComparison.Ordinal)).Should().Be(9);
        }
    }

    private static bool HasOpenSsl() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator) is var folders
        && s_tools.All(tool => folders.Any(folder => File.Exists(Path.Combine(folder, tool))));

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Receiver.Token) + await process.StandardError.ReadToEndAsync(Receiver.Token);
        await process.WaitForExitAsync(Receiver.Token);
        return (process.ExitCode, output);
    }
}
