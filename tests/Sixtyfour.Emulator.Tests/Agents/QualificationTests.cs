using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Agents;

public sealed class QualificationTests
{
    private const string Criteria =
        """[{"criteria_name": "budget", "description": "Has one", "threshold": 8.0}, {"criteria_name": "fit", "description": "Fits"}]""";

    [Fact]
    public async Task Each_criterion_has_its_score_as_a_text_and_all_of_them_a_verdict()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/qa-agent", $$"""{"data": {"name": "A"}, "qualification_criteria": {{Criteria}}}""");

        answer.Select(member => member.Key).Should().Equal("structured_data", "notes");
        var data = answer["structured_data"]!.AsObject();
        data.Select(member => member.Key).Should().Equal("budget", "fit", "final_verdict");
        int.Parse((string)data["budget"]!, System.Globalization.CultureInfo.InvariantCulture).Should().BeInRange(0, 10);
        ((string)data["final_verdict"]!).Should().BeOneOf("YES", "NO");
    }

    [Fact]
    public async Task With_a_struct_its_fields_are_answered_and_no_others()
    {
        await using var wire = await Wire.StartAsync();

        var done = await wire.PollAsync(await wire.StartJobAsync(
            "/qa-agent-async", $$$"""{"data": {"name": "A"}, "qualification_criteria": {{{Criteria}}}, "struct": {"score": "0 to 10"}}"""));

        done["result"]!["structured_data"]!.AsObject().Should().ContainSingle().Which.Key.Should().Be("score");
        ((string)done["task_type"]!, (int)done["charge_amount"]!).Should().Be(("qa_agent", 10));
    }

    [Theory]
    [InlineData("""{"data": {"name": "A"}}""", 422)]
    [InlineData("""{"data": {"name": "A"}, "qualification_criteria": []}""", 400)]
    [InlineData("""{"data": {"name": "A"}, "qualification_criteria": [{"criteria_name": "fit"}]}""", 422)]
    [InlineData("""{"data": {"name": "A"}, "qualification_criteria": [{"criteria_name": "fit", "description": "d"}], "struct": {"a": {"type": "int"}}}""", 422)]
    [InlineData("""{"data": {"name": "A"}, "qualification_criteria": [{"criteria_name": "fit", "description": "d"}], "max_tool_calls": 51}""", 422)]
    public async Task A_mistake_is_refused(string body, int status)
    {
        await using var wire = await Wire.StartAsync();

        ((int)(await wire.PostAsync("/qa-agent", body)).StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task Fields_of_a_linkedin_page_are_found_by_its_address()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 0);

        var answer = await wire.AnswerAsync(
            "/enrich-linkedin", """{"linkedin_url": "https://www.linkedin.com/in/nadia-okafor-example", "struct": {"title": "Job title"}}""");
        var mistake = await wire.PostAsync("/enrich-linkedin", """{"linkedin_url": "https://example.com/in/nadia"}""");

        ((string)answer["structured_data"]!["title"]!).Should().Be("VP Engineering");
        ((int)mistake.StatusCode).Should().Be(400);
        wire.Emulator.ChargedCents.Should().Be(5);
    }
}
