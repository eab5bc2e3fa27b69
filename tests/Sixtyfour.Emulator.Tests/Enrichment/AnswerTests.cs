using System.Net;

namespace Sixtyfour.Emulator.Tests.Enrichment;

public class AnswerTests
{
    [Fact]
    public async Task The_documented_sample_lead_gets_the_documented_answer()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/enrich-lead", Wire.Enrichment(
            @struct: """{"title": "Current job title", "email": "Work email address", "years_experience": {"description": "Total years of work experience", "type": "int"}}"""));

        answer.Select(member => member.Key).Should().Equal("notes", "structured_data", "findings", "references", "confidence_score");
        answer["structured_data"]!.ToJsonString().Should().Be(
            """{"title":"VP Engineering","email":"nadia@example.com","years_experience":14,"name":"Nadia Okafor","company":"Example Robotics"}""");
        answer["confidence_score"]!.GetValue<decimal>().Should().Be(8.5m);
        answer["findings"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task A_job_runs_to_its_end_on_the_manual_clock()
    {
        await using var wire = await Wire.StartOnManualClockAsync();

        var id = await wire.StartJobAsync();
        (await wire.PollAsync(id))["status"]!.GetValue<string>().Should().Be("pending");
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));
        var done = await wire.PollAsync(id);
        done["status"]!.GetValue<string>().Should().Be("completed");
        done["charge_amount"]!.GetValue<int>().Should().Be(10);
    }

    [Fact]
    public async Task A_call_without_key_is_refused()
    {
        await using var wire = await Wire.StartAsync();
        wire.Http.DefaultRequestHeaders.Remove("x-api-key");

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }
}
