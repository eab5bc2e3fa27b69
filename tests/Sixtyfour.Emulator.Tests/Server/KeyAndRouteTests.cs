using System.Net;

namespace Sixtyfour.Emulator.Tests.Server;

public class KeyAndRouteTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("emulator-key ,emulator-key")]
    public async Task A_missing_or_wrong_key_is_refused(string? key)
    {
        await using var wire = await Wire.StartAsync();
        wire.Http.DefaultRequestHeaders.Remove("x-api-key");
        if (key is not null)
        {
            wire.Http.DefaultRequestHeaders.TryAddWithoutValidation("x-api-key", key);
        }

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Wire.JsonOf(response)).ToJsonString().Should().Be("""{"error":"Unauthorized","message":"Invalid API key"}""");
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task Other_keys_can_be_accepted_too()
    {
        await using var wire = await Wire.StartAsync(options => options.OtherApiKeys.Add("second-key"));
        wire.Http.DefaultRequestHeaders.Remove("x-api-key");
        wire.Http.DefaultRequestHeaders.Add("X-API-KEY", "second-key");

        (await wire.PostAsync("/enrich-lead", Wire.Enrichment())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/enrich-leads")]
    [InlineData("/enrich-lead/")]
    [InlineData("/job-status/")]
    public async Task An_unknown_path_is_not_found_and_the_served_ones_are_named(string path)
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.GetAsync(path);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        var answer = await Wire.JsonOf(response);
        ((string)answer["detail"]!).Should().Be("Not Found");
        answer["served"]!.AsArray().Select(route => (string)route!)
            .Should().Contain(["POST /enrich-lead", "GET /job-status/{id}", "DELETE /webhooks/signing-secret"]);
    }

    [Fact]
    public async Task A_known_path_refuses_other_methods()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.GetAsync("/enrich-lead")).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await wire.PostAsync("/job-status/x", "{}")).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await wire.PostAsync("/job-status/x", "{}")).Content.Headers.Allow.Should().Equal("GET");
    }

    [Fact]
    public async Task Every_answer_names_its_request_and_the_date_of_the_emulators_clock()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        wire.Emulator.Inject(Fault.Status(HttpStatusCode.BadGateway), "/two");

        var ids = new List<string>();
        foreach (var path in new[] { "/one", "/two", "/job-status/three" })
        {
            var response = await wire.GetAsync(path);
            ids.Add(response.Headers.GetValues("x-request-id").Single());
            response.Headers.Date.Should().Be(wire.Emulator.Clock.GetUtcNow());
        }

        ids.Should().OnlyHaveUniqueItems();
        wire.Emulator.Requests.Select(request => request.RequestId).Should().Equal(ids);
    }
}
