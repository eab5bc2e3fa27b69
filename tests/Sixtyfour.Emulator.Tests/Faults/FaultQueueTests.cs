using System.Net;

namespace Sixtyfour.Emulator.Tests.Faults;

public class FaultQueueTests
{
    [Fact]
    public async Task Faults_strike_in_the_order_of_injection_and_as_often_as_asked()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway), "/job-status/*", times: 2);
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.GatewayTimeout), "/job-status/x");

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((int)(await wire.GetAsync("/job-status/x")).StatusCode);
        }

        statuses.Should().Equal(502, 502, 504, 404);
        wire.Emulator.FaultsLeft.Should().Be(0);
    }

    [Theory]
    [InlineData("/enrich-lead", "/enrich-lead", true)]
    [InlineData("/enrich-lead", "/enrich-lead-async", false)]
    [InlineData("/enrich-lead*", "/enrich-lead-async", true)]
    [InlineData("*-async", "/people-intelligence-async", true)]
    [InlineData("/job-status/*", "/enrich-lead", false)]
    [InlineData("*", "/anything", true)]
    public async Task A_fault_concerns_the_paths_that_match(string pattern, string path, bool strikes)
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway), pattern);

        ((await wire.GetAsync(path)).StatusCode is HttpStatusCode.BadGateway).Should().Be(strikes);
        wire.Emulator.FaultsLeft.Should().Be(strikes ? 0 : 1);
    }

    [Fact]
    public async Task A_fault_of_the_work_waits_for_work_and_one_of_the_delivery_for_a_delivery()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.FailsTheJob("no"));
        wire.Emulator.Inject(Fault.DropsTheWebhook());
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway));

        (await wire.GetAsync("/job-status/x")).StatusCode.Should().Be(HttpStatusCode.BadGateway);
        wire.Emulator.FaultsLeft.Should().Be(2);
        (await wire.PollAsync(await wire.StartJobAsync()))["status"]!.GetValue<string>().Should().Be("failed");
        wire.Emulator.FaultsLeft.Should().Be(1);
    }

    [Fact]
    public async Task Requests_at_the_same_time_share_the_faults_exactly()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway), times: 37);

        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => wire.GetAsync("/job-status/x")));

        responses.Count(response => response.StatusCode is HttpStatusCode.BadGateway).Should().Be(37);
    }

    [Fact]
    public async Task A_fault_strikes_at_least_once()
    {
        await using var wire = await Wire.StartAsync();

        wire.Emulator.Invoking(it => it.Inject(Fault.LosesTheAnswer(), times: 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_fault_says_what_goes_wrong() => Fault.Status(HttpStatusCode.BadGateway).ToString().Should().Be("status 502");
}
