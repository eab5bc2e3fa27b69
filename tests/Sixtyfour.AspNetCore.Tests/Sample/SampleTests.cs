using System.Diagnostics;
using System.Net;
using System.Text;
using Sixtyfour.AspNetCore.Tests.Support;
using Sixtyfour.Emulator;
using Sixtyfour.Testing;

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
            if (await events.ReadLineAsync(Receiver.Token) is { Length: > 0 } line && line.StartsWith("data: {", StringComparison.Ordinal))
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

            // Each refusal has its reason on the console, which shows its lines a moment later.
            string[] reasons = ["as SignatureMissing.", "as SignatureMalformed.", "as TimestampOutsideTolerance.",
                "as NoSignatureMatches.", "was answered with 400: The body of the webhook is not JSON"];
            await Eventually.TrueAsync(() => reasons.All(reason => sample.Said.Contains(reason, StringComparison.Ordinal)));
            sample.Said.Should().NotContain(SampleProgram.Secret).And.NotContain("no JSON");
        }
    }

    [Fact]
    public async Task With_a_real_key_nothing_starts_by_itself_and_the_page_is_for_whoever_reads_the_console()
    {
        await using var service = await SixtyfourEmulator.StartAsync(options => options.ManualClock = true, Receiver.Token);
        await using var sample = await StartWithKeyAsync(service, "https://example.com/webhooks/sixtyfour");
        using var stranger = new HttpClient { BaseAddress = sample.Address };
        foreach (var path in (string[])["/", "/events", "/account", "/?word=guessed"])
        {
            (await stranger.GetAsync(path, Receiver.Token)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        }

        (await PressAsync(stranger)).Status.Should().Be(HttpStatusCode.Forbidden);
        service.Jobs.Should().BeEmpty();

        using var owner = new HttpClient { BaseAddress = sample.Address };
        (await owner.GetStringAsync(sample.Page, Receiver.Token)).Should().Contain("<html");
        (await owner.GetStringAsync("/account", Receiver.Token)).Should().Be("""{"costsMoney":true}""");
        (await PressAsync(owner)).Status.Should().Be(HttpStatusCode.NoContent);
        service.Jobs.Should().ContainSingle();

        service.BalanceCents = 0;
        var (status, text) = await PressAsync(owner);
        status.Should().Be(HttpStatusCode.BadGateway);
        text.Should().Contain("credits").And.NotContain(service.ApiKey);
    }

    [Fact]
    public async Task An_end_that_is_reported_before_the_answer_to_the_start_is_not_taken_back()
    {
        // The first job of every emulator has the same id, so that its end can be told ahead of its start.
        await using var first = await SixtyfourEmulator.StartAsync(cancellationToken: Receiver.Token);
        using var client = first.CreateClient();
        var job = await client.Leads.StartAsync(
            new LeadInfo { Name = "Nadia Okafor" }, new EnrichmentStruct { ["answer"] = "Current job title" }, cancellationToken: Receiver.Token);
        await using var service = await SixtyfourEmulator.StartAsync(options => options.ManualClock = true, Receiver.Token);
        await using var sample = await StartWithKeyAsync(
            service, "https://example.com/webhooks/sixtyfour", ("Sixtyfour__WebhookSecrets__0", SampleProgram.Secret));
        using var http = new HttpClient { BaseAddress = sample.Address };
        await http.GetAsync(sample.Page, Receiver.Token);

        (await DeliverAsync(http, Bodies.Done(job.Id))).Should().Be(HttpStatusCode.OK);
        (await PressAsync(http)).Status.Should().Be(HttpStatusCode.NoContent);

        using var events = new StreamReader(await http.GetStreamAsync("/events", Receiver.Token));
        var lines = new List<string>();
        while (lines.Count < 2)
        {
            if (await events.ReadLineAsync(Receiver.Token) is { } line && line.StartsWith("data: {", StringComparison.Ordinal))
            {
                lines.Add(line);
            }
        }

        lines.Should().OnlyContain(line => line.Contains(job.Id, StringComparison.Ordinal) && line.Contains("\"completed\"", StringComparison.Ordinal));
        lines[1].Should().Contain("Current job title");
    }

    [Fact]
    public async Task Without_a_secret_a_genuine_delivery_is_refused_and_the_log_says_what_is_missing()
    {
        await using var service = await SixtyfourEmulator.StartAsync(options => options.ManualClock = true, Receiver.Token);
        await using var sample = await StartWithKeyAsync(service, webhookUrl: "");
        using var http = new HttpClient { BaseAddress = sample.Address };

        (await DeliverAsync(http, Bodies.Done())).Should().Be(HttpStatusCode.Unauthorized);

        await Eventually.TrueAsync(() => sample.Said.Contains("as NoSecretConfigured. No webhook secret is configured", StringComparison.Ordinal));
        (await http.GetStringAsync("/health", Receiver.Token)).Should().Be("Degraded");
        (await http.GetAsync(sample.Page, Receiver.Token)).StatusCode.Should().Be(HttpStatusCode.OK);
        var (status, text) = await PressAsync(http);
        (status, text)
            .Should().Be((HttpStatusCode.Conflict, "Set Sixtyfour__WebhookUrl to an https address that leads here: the service delivers to no other."));
        service.Requests.Should().BeEmpty();
    }

    private static Task<SampleProgram> StartWithKeyAsync(SixtyfourEmulator service, string webhookUrl, params (string Name, string Value)[] more) =>
        SampleProgram.StartAsync(
        [("SIXTYFOUR_API_KEY", service.ApiKey), ("Sixtyfour__Endpoint", service.Endpoint.ToString()), ("Sixtyfour__WebhookUrl", webhookUrl), .. more]);

    private static async Task<HttpStatusCode> DeliverAsync(HttpClient http, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Receiver.Path) { Content = new StringContent(body) };
        request.Headers.Add("Sixtyfour-Signature", SixtyfourWebhook.Sign(Encoding.UTF8.GetBytes(body), SampleProgram.Secret, DateTimeOffset.UtcNow));
        using var response = await http.SendAsync(request, Receiver.Token);
        return response.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string Text)> PressAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/start");
        request.Headers.Add("X-Requested-With", "page");
        using var response = await http.SendAsync(request, Receiver.Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Receiver.Token));
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
