using System.Net;
using System.Text;
using Sixtyfour.AspNetCore.Tests.Support;
using Sixtyfour.Emulator;
using Sixtyfour.Testing;

namespace Sixtyfour.AspNetCore.Tests.Sample.Browser;

/// <summary>The page of the sample, as somebody sees it who has it open.</summary>
public sealed class PageTests
{
    private const string Rows = "[...document.querySelectorAll('#jobs tr')].map(row => [...row.cells].map(cell => cell.innerText))";

    [Fact]
    public async Task Jobs_appear_and_their_ends_arrive_without_a_reload()
    {
        await using var sample = await SampleProgram.StartAsync();
        await using var browser = await Chromium.OpenAsync(sample.Address);
        await browser.UntilAsync("document.querySelector('#connection')?.innerText.startsWith('Connected')");
        await browser.EvaluateAsync<bool>("window.isStillTheFirst = true");

        // Five jobs, whose webhooks are doubled, lost, spoilt and replayed on the way.
        await browser.UntilAsync($"{Rows}.filter(row => row[0] === '✓ completed').length === 5");
        var rows = await browser.EvaluateAsync<string[][]>(Rows);
        rows.Select(row => row[1])
            .Should().BeEquivalentTo("Current job title", "City of work", "Employer's website", "University degree", "Years of experience");
        rows.Should().OnlyContain(row => row[2].Length > 0 && row[3].EndsWith(" s"));
        rows.Sum(row => int.Parse(row[4].Replace("attempt ", ""))).Should().Be(5 + 2, "one delivery was lost and one refused, and both came again");

        // One more, by the keyboard alone.
        await browser.PressAsync("Tab", 9);
        await browser.PressAsync("Enter", 13, "\r");
        await browser.UntilAsync($"{Rows}.length === 6 && {Rows}[0][0] === '… under way'");
        await browser.UntilAsync($"{Rows}[0][0] === '✓ completed'");
        (await browser.EvaluateAsync<string>("document.activeElement.innerText")).Should().Be("Start another job");

        (await browser.EvaluateAsync<bool>("window.isStillTheFirst === true")).Should().BeTrue("nothing has loaded the page again");
        browser.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task With_a_real_key_the_button_says_that_it_costs_money_and_one_press_starts_one_job()
    {
        await using var service = await SixtyfourEmulator.StartAsync(options => options.ManualClock = true, Receiver.Token);
        await using var sample = await SampleProgram.StartAsync(
            ("SIXTYFOUR_API_KEY", service.ApiKey),
            ("Sixtyfour__Endpoint", service.Endpoint.ToString()), ("Sixtyfour__WebhookUrl", "https://example.com/webhooks/sixtyfour"));
        await using var browser = await Chromium.OpenAsync(sample.Page);

        await browser.UntilAsync(
            "document.querySelector('#start')?.ariaDisabled === 'false' && document.querySelector('#connection').innerText.startsWith('Connected')");
        (await browser.EvaluateAsync<string>("document.querySelector('#start').innerText")).Should().Be("Start another job (costs money)");
        (await browser.EvaluateAsync<string>("document.querySelector('#bill').innerText")).Should().Contain("charges to your account");
        (await browser.EvaluateAsync<string>("location.search")).Should().BeEmpty("the word is not to stay in the address bar");
        service.Jobs.Should().BeEmpty();

        await browser.EvaluateAsync<int>("(document.querySelector('#start').click(), document.querySelector('#start').click(), 0)");
        await browser.UntilAsync($"{Rows}.length === 1 && {Rows}[0][0] === '… under way'");
        service.Jobs.Should().ContainSingle();
        browser.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_forged_delivery_leaves_no_trace_and_a_genuine_one_is_text_only()
    {
        await using var sample = await SampleProgram.StartAsync();
        await using var browser = await Chromium.OpenAsync(sample.Address);
        await browser.UntilAsync("document.querySelector('#connection')?.innerText.startsWith('Connected')");

        (await DeliverAsync(sample, Failed("job-1", "forged"), "sk_whsec_another")).Should().Be(HttpStatusCode.Unauthorized);
        (await DeliverAsync(sample, Failed("job-2", "<img src=x onerror=alert(1)>"), SampleProgram.Secret)).Should().Be(HttpStatusCode.OK);

        const string Elsewhere = $"{Rows}.filter(row => row[1] === '(asked elsewhere)')";
        await browser.UntilAsync($"{Elsewhere}.length > 0");
        var rows = await browser.EvaluateAsync<string[][]>(Elsewhere);
        rows.Should().ContainSingle().Which.Should().Equal("✗ failed", "(asked elsewhere)", "<img src=x onerror=alert(1)>", "", "attempt 1");
        (await browser.EvaluateAsync<string>("document.body.innerText")).Should().NotContain("forged");
        browser.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task An_answer_gives_the_terminal_no_orders()
    {
        await using var sample = await SampleProgram.StartAsync();

        (await DeliverAsync(sample, Failed("job-1", "\\u001b[2J\\u009b31mno\\nluck"), SampleProgram.Secret)).Should().Be(HttpStatusCode.OK);

        await Eventually.TrueAsync(() => sample.Said.Contains("(asked elsewhere) [2J31mnoluck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_a_phone_nothing_is_cut_off_and_each_value_has_its_head()
    {
        await using var sample = await SampleProgram.StartAsync();
        await using var browser = await Chromium.OpenAsync(sample.Address);
        await browser.SendAsync(
            "Emulation.setDeviceMetricsOverride", new() { ["width"] = 360, ["height"] = 740, ["deviceScaleFactor"] = 1, ["mobile"] = true });
        await DeliverAsync(sample, Failed("job-1", new string('x', 200)), SampleProgram.Secret);

        await browser.UntilAsync($"{Rows}.some(row => row[0] === '✗ failed')");
        (await browser.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().Be(360);
        (await browser.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('#jobs td')].slice(0, 2).map(cell => getComputedStyle(cell, '::before').content)"))
            .Should().HaveCount(2).And.Contain(head => head.StartsWith("\"State\"")).And.Contain(head => head.StartsWith("\"Question\""));
        browser.Errors.Should().BeEmpty();
    }

    private static string Failed(string jobId, string error) =>
        $$"""{ "task_id": "{{jobId}}", "status": "failed", "task_type": "enrich_lead", "error": "{{error}}" }""";

    private static async Task<HttpStatusCode> DeliverAsync(SampleProgram sample, string text, string secret)
    {
        var body = Encoding.UTF8.GetBytes(text);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(sample.Address, Receiver.Path)) { Content = new ByteArrayContent(body) };
        request.Headers.Add("Sixtyfour-Signature", SixtyfourWebhook.Sign(body, secret, DateTimeOffset.UtcNow));
        request.Headers.Add("Sixtyfour-Delivery-Attempt", "1");
        using var response = await http.SendAsync(request, Receiver.Token);
        return response.StatusCode;
    }
}
