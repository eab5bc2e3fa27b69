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
