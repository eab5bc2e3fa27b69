using System.Net;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Enrichment;

public class AnswerTests
{
    private const string Other = """{"name": "Nadia Okafor", "company": "Example Labs"}""";

    [Fact]
    public async Task The_documented_sample_lead_gets_the_documented_answer()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/enrich-lead", Wire.Enrichment(
            @struct: """{"title": "Current job title", "email": "Work email address", """
                + """ "years_experience": {"description": "Total years of work experience", "type": "int"}}"""));

        answer.Select(member => member.Key).Should().Equal("notes", "structured_data", "findings", "references", "confidence_score");
        answer["notes"]!.GetValue<string>().Should().Be("Nadia Okafor leads engineering at Example Robotics.");
        answer["structured_data"]!.ToJsonString().Should().Be(
            """{"title":"VP Engineering","email":"nadia@example.com","years_experience":14,"name":"Nadia Okafor","company":"Example Robotics"}""");
        answer["findings"]!.AsArray().Should().BeEmpty();
        answer["references"]!.ToJsonString().Should().Be("""{"https://example.com/team":"Team page naming Nadia Okafor"}""");
        answer["confidence_score"]!.GetValue<decimal>().Should().Be(8.5m);
    }

    [Fact]
    public async Task Both_paths_and_both_forms_give_the_same_answer()
    {
        await using var wire = await Wire.StartAsync();

        var answers = new List<string>();
        foreach (var path in new[] { "/enrich-lead", "/people-intelligence" })
        {
            answers.Add((await wire.AnswerAsync(path, Wire.Enrichment(Other))).ToJsonString());
            answers.Add((await wire.PollAsync(await wire.StartJobAsync(path + "-async", Wire.Enrichment(Other))))["result"]!.ToJsonString());
        }

        answers.Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task The_answer_depends_on_the_seed_and_not_on_the_order_of_members()
    {
        await using var one = await Wire.StartAsync();
        await using var same = await Wire.StartAsync();
        await using var reseeded = await Wire.StartAsync(options => options.Seed = 7);
        const string Struct =
            """{"age": {"type": "int"}, "score": {"type": "float"}, "skills": {"type": "list[str]"}, "city": "City", "staff": {"type": "int"}}""";

        var answer = await one.StructuredDataAsync(Other, Struct);
        var again = await same.StructuredDataAsync("""{"company": "Example Labs", "name": "Nadia Okafor"}""", Struct);
        var another = await reseeded.StructuredDataAsync(Other, Struct);

        JsonNode.DeepEquals(answer, again).Should().BeTrue();
        JsonNode.DeepEquals(answer, another).Should().BeFalse();
    }

    [Fact]
    public async Task Scalar_members_of_the_input_that_were_not_asked_for_are_echoed()
    {
        await using var wire = await Wire.StartAsync();

        var data = await wire.StructuredDataAsync(
            """{"name": "Nadia Okafor", "badge": 30, "remote": true, "tags": ["a"], "home": {"city": "Lagos"}, "phone": null}""", """{"title": "Title"}""");

        data.Select(member => member.Key).Should().Equal("title", "name", "badge", "remote");
        data["badge"]!.ToJsonString().Should().Be("30");
        data["remote"]!.ToJsonString().Should().Be("true");
    }

    [Fact]
    public async Task The_echo_can_be_turned_off()
    {
        await using var wire = await Wire.StartAsync(options => options.EchoesInput = false);

        (await wire.StructuredDataAsync(Wire.Nadia, """{"title": "Title"}""")).Select(member => member.Key).Should().Equal("title");
    }

    [Fact]
    public async Task What_is_not_found_is_an_empty_text_or_null_by_type()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 1);

        var data = await wire.StructuredDataAsync(
            Other, """{"phone": "Phone", "age": {"type": "int"}, "remote": {"type": "bool"}, "skills": {"type": "list[str]"}, "history": {"type": "dict"}}""");

        data.Take(5).Select(member => member.Value?.ToJsonString()).Should().Equal("\"\"", null, null, null, null);
    }

    [Fact]
    public async Task A_small_share_of_fields_is_not_found()
    {
        await using var wire = await Wire.StartAsync();
        var fields = new JsonObject(Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"field {i}", (JsonNode?)"Something")));

        var data = await wire.StructuredDataAsync(Other, fields.ToJsonString());

        data.Count(member => (string?)member.Value == "").Should().BeInRange(1, 15);
    }

    [Fact]
    public async Task Every_field_of_the_sample_lead_is_found()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 1);

        var data = await wire.StructuredDataAsync(Wire.Nadia, """{"phone": "Phone", "age": {"type": "int"}, "bio": "One line"}""");

        data.Select(member => member.Value?.ToJsonString()).Should().NotContainNulls().And.NotContain("\"\"");
    }

    [Fact]
    public async Task Confidence_per_field_comes_when_asked_for()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 0.5);
        const string Struct = """{"a": "A", "b": "B", "c": "C", "d": {"type": "int"}, "e": {"type": "int"}, "f": {"type": "int"}}""";

        var plain = await wire.AnswerAsync("/people-intelligence", Wire.Enrichment(Other, Struct));
        var asked = await wire.AnswerAsync("/people-intelligence", Wire.Enrichment(Other, Struct, "\"field_confidence\": true"));

        plain.ContainsKey("field_confidence").Should().BeFalse();
        asked.ContainsKey("confidence_score").Should().BeTrue();
        var confidence = asked["field_confidence"]!.AsObject();
        confidence.Select(member => member.Key).Should().Equal("a", "b", "c", "d", "e", "f");
        foreach (var (name, value) in confidence)
        {
            if (asked["structured_data"]![name] is not { } found || found.ToJsonString() == "\"\"")
            {
                value.Should().BeNull();
            }
            else
            {
                value!.GetValue<int>().Should().BeInRange(0, 100);
            }
        }
    }

    [Fact]
    public async Task The_overall_confidence_can_give_way_to_that_of_the_fields()
    {
        await using var wire = await Wire.StartAsync(options => options.ConfidenceScoreBesideFieldConfidence = false);

        var answer = await wire.AnswerAsync("/people-intelligence", Wire.Enrichment(more: "\"field_confidence\": true"));

        answer.ContainsKey("confidence_score").Should().BeFalse();
        (await wire.AnswerAsync("/people-intelligence", Wire.Enrichment())).ContainsKey("confidence_score").Should().BeTrue();
    }

    [Fact]
    public async Task Without_a_struct_the_input_comes_back()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/enrich-lead", $$"""{"lead_info": {{Wire.Nadia}}}""");

        JsonNode.DeepEquals(answer["structured_data"], JsonNode.Parse(Wire.Nadia)).Should().BeTrue();
    }

    [Fact]
    public async Task A_test_decides_what_is_found_at_a_path_and_at_its_async_twin()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Answer("/enrich-lead", lead => new() { ["title"] = $"Chief of staff of {lead["name"]}" });

        var answer = await wire.AnswerAsync("/enrich-lead", Wire.Enrichment());
        var job = await wire.PollAsync(await wire.StartJobAsync());
        var elsewhere = await wire.AnswerAsync("/people-intelligence", Wire.Enrichment());

        answer["structured_data"]!.ToJsonString().Should().Be("""{"title":"Chief of staff of Nadia Okafor"}""");
        job["result"]!.ToJsonString().Should().Be(answer.ToJsonString());
        elsewhere["structured_data"]!["title"]!.GetValue<string>().Should().Be("VP Engineering");
    }

    [Fact]
    public async Task A_test_may_leave_some_leads_to_the_built_in_answer()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Answer("/enrich-lead", _ => null);

        (await wire.StructuredDataAsync(Wire.Nadia, """{"title": "Title"}"""))["title"]!.GetValue<string>().Should().Be("VP Engineering");
    }

    [Fact]
    public async Task An_answer_that_throws_says_so_over_the_wire()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Answer("/enrich-lead", _ => throw new FormatException("no such lead"));

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await Wire.JsonOf(response))["message"]!.GetValue<string>().Should().Contain("no such lead");
        wire.Emulator.ChargedCents.Should().Be(0);
    }
}
