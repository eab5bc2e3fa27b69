using Sixtyfour.Testing;

namespace Sixtyfour.Emulator.Tests.Server;

public class RecordingTests
{
    [Fact]
    public async Task A_request_is_recorded_with_its_body_and_headers_but_without_the_key()
    {
        await using var wire = await Wire.StartAsync();
        wire.Http.DefaultRequestHeaders.Add("X-Trace", "abc");
        wire.Http.DefaultRequestHeaders.Authorization = new("Bearer", "secret-token");
        await wire.PostAsync("/enrich-lead?dry=1", Wire.Enrichment());

        var request = wire.Emulator.Requests.Should().ContainSingle().Subject;

        (request.Method, request.Path, request.Query, request.StatusCode).Should().Be(("POST", "/enrich-lead", "?dry=1", 200));
        request.Body!.Value.GetProperty("lead_info").GetProperty("name").GetString().Should().Be("Nadia Okafor");
        request.Headers["x-trace"].Should().Be("abc");
        request.Headers["X-Api-Key"].Should().Be("***");
        request.Headers["authorization"].Should().Be("***");
    }

    [Fact]
    public async Task A_header_that_repeats_or_is_empty_is_shown_as_it_came()
    {
        await using var wire = await Wire.StartAsync();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", wire.Emulator.Endpoint.Port, TestContext.Current.CancellationToken);
        const string Sent = "GET /check-balance HTTP/1.1\r\nHost: localhost\r\nX-Two: a\r\nX-Two:\r\nX-Two: b,c\r\nX-None:\r\nConnection: close\r\n\r\n";
        await socket.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(Sent), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(socket.GetStream());
        await answer.ReadToEndAsync(TestContext.Current.CancellationToken);

        var request = wire.Emulator.Requests.Single();
        request.GetHeaderValues("x-two").Should().Equal("a", "", "b,c");
        request.GetHeaderValues("x-none").Should().Equal("");
        request.GetHeaderValues("x-other").Should().BeEmpty();
        request.Headers["X-Two"].Should().Be("a,,b,c");
        var shown = System.Text.Json.Nodes.JsonNode.Parse(
            await (await wire.GetAsync("/_emulator/requests")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))![0]!["headers"]!;
        shown["X-Two"]!.ToJsonString().Should().Be("""["a","","b,c"]""");
        shown["X-None"]!.ToJsonString().Should().Be("\"\"");
    }

    [Fact]
    public async Task Nothing_prints_a_key_or_a_person()
    {
        await using var wire = await Wire.StartAsync();
        await wire.StartJobAsync();

        var printed = $"{wire.Emulator} {wire.Emulator.Requests.Single()} {wire.Emulator.Jobs.Single()} {new EmulatorOptions()}";

        printed.Should().NotContain(wire.Emulator.ApiKey).And.NotContain("Nadia");
        wire.Emulator.Requests.Single().ToString().Should().Be("POST /enrich-lead-async 200");
    }

    [Fact]
    public async Task Requests_are_counted_by_path()
    {
        await using var wire = await Wire.StartAsync();
        await wire.PollAsync(await wire.StartJobAsync());
        await wire.PollAsync(await wire.StartJobAsync());

        wire.Emulator.CountRequests("/job-status/*").Should().Be(2);
        wire.Emulator.CountRequests("/enrich-lead-async").Should().Be(2);
        wire.Emulator.CountRequests("/enrich-lead").Should().Be(0);
        wire.Emulator.CountRequests("*").Should().Be(4);
    }

    [Fact]
    public async Task Only_the_latest_requests_are_kept()
    {
        await using var wire = await Wire.StartAsync(options => options.MaxRecordedRequests = 2);

        foreach (var path in new[] { "/one", "/two", "/three" })
        {
            await wire.GetAsync(path);
        }

        wire.Emulator.Requests.Select(request => request.Path).Should().Equal("/two", "/three");
    }

    [Fact]
    public async Task Connections_are_kept_alive_and_counted()
    {
        await using var wire = await Wire.StartAsync();

        for (var i = 0; i < 10; i++)
        {
            await wire.GetAsync("/job-status/x");
        }

        (wire.Emulator.ConnectionsAccepted, wire.Emulator.ConnectionsOpen).Should().Be((1, 1));
        wire.Http.Dispose();
        await Eventually.TrueAsync(() => wire.Emulator.ConnectionsOpen == 0);
        wire.Emulator.ConnectionsAccepted.Should().Be(1);
    }

    [Fact]
    public async Task A_reset_forgets_everything_but_the_answers()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.RequestsPerMinute = 1);
        wire.Emulator.Answer("/enrich-lead", _ => new() { ["title"] = "mine" });
        var id = await wire.StartJobAsync();
        wire.Emulator.Inject(Fault.LosesTheAnswer());

        wire.Emulator.Reset();

        (wire.Emulator.Requests.Count, wire.Emulator.Jobs.Count, wire.Emulator.FaultsLeft).Should().Be((0, 0, 0));
        (wire.Emulator.ChargedCents, wire.Emulator.BalanceCents).Should().Be((0, 100_000));
        (await wire.PollAsync(id))["detail"]!.GetValue<string>().Should().Be("Job not found");
    }
}
