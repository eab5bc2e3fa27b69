using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed class Scenario12_Unknown
{
    [Fact]
    public async Task An_endpoint_the_SDK_does_not_know_is_called_with_the_same_safety()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: ct);
        emulator.Inject(Fault.Status(HttpStatusCode.OK, """{"score":7}"""), "/brand-new");
        using var sixtyfour = emulator.CreateClient();

        RawResponse answer = await sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", new JsonObject { ["domain"] = "example.com" }, cancellationToken: ct);

        $"{answer.Info.RequestId}: {answer.Json.GetProperty("score")}".Should().Be($"{emulator.Requests[0].RequestId}: 7");
        emulator.Requests.Should().ContainSingle().Which.Body!.Value.GetRawText().Should().Be("""{"domain":"example.com"}""");
    }

    [Fact]
    public async Task An_endpoint_the_SDK_does_not_know_is_not_paid_twice_either()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: ct);
        emulator.Inject(Fault.LosesTheAnswer(), "/brand-new");
        using var sixtyfour = emulator.CreateClient();

        var call = () => sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", new JsonObject { ["domain"] = "example.com" }, cancellationToken: ct);

        await call.Should().ThrowAsync<OutcomeUnknownException>();
        emulator.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_GET_that_costs_can_be_said_to_and_is_sent_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: ct);
        emulator.Inject(Fault.LosesTheAnswer(), "/paid-report");
        using var sixtyfour = emulator.CreateClient();

        var call = () => sixtyfour.Raw.SendAsync(HttpMethod.Get, "/paid-report", null, new() { IsRepeatable = false }, ct);

        await call.Should().ThrowAsync<OutcomeUnknownException>();
        emulator.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Members_without_a_property_can_be_sent_and_read()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: ct);
        emulator.Inject(Fault.Status(HttpStatusCode.OK, """{"structured_data":{"title":"VP Engineering"},"brand_new_member":[1,2]}"""), "/people-intelligence");
        using var sixtyfour = emulator.CreateClient();
        ResponseInfo? seen = null;

        var found = await sixtyfour.People.EnrichAsync<Founder>(Leads.Nadia, new()
        {
            ExtraProperties = { ["budget"] = 500, ["exclusive_run"] = true },                  // request members that have no property yet
            OnResponse = info => seen = info,
        }, ct);

        found.AdditionalProperties["brand_new_member"].GetRawText().Should().Be("[1,2]");      // and answer members that have none
        var body = emulator.Requests[0].Body!.Value;
        body.GetProperty("budget").GetInt32().Should().Be(500);
        body.GetProperty("exclusive_run").GetBoolean().Should().BeTrue();
        seen!.RequestId.Should().Be(emulator.Requests[0].RequestId);
        seen.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task The_final_response_tells_how_many_requests_are_left()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        using var sixtyfour = emulator.CreateClient();
        ResponseInfo? seen = null;

        await sixtyfour.People.EnrichAsync<Founder>(Leads.Nadia, new() { OnResponse = info => seen = info }, ct);

        seen!.RateLimitRemaining.Should().Be(499);
    }
}
