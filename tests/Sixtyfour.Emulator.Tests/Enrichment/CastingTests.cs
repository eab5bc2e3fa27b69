using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Enrichment;

public class CastingTests
{
    [Theory]
    [InlineData("""{"badge": {"type": "str"}}""", "badge", "\"30\"")]          // an explicit type wins over the input
    [InlineData("""{"badge": "Badge number"}""", "badge", "30")]               // else the type of the input counts
    [InlineData("""{"badge": "yes or no"}""", "remote", "true")]               // an input that is not asked for keeps its type
    [InlineData("""{"badge": 1.5}""", "badge", "30")]                          // the input wins over an example
    [InlineData("""{"badge": {"type": "float"}}""", "badge", "30.0")]
    [InlineData("""{"badge": {"type": "list[int]"}}""", "badge", "[30]")]
    [InlineData("""{"badge": {"type": "bool"}}""", "badge", null)]             // neither 0 nor 1
    [InlineData("""{"remote": {"type": "int"}}""", "remote", "1")]
    [InlineData("""{"remote": {"type": "str"}}""", "remote", "\"true\"")]
    [InlineData("""{"grade": {"type": "float"}}""", "grade", "9.5")]
    [InlineData("""{"grade": {"type": "int"}}""", "grade", null)]              // a fraction is not cut off
    [InlineData("""{"home": {"type": "dict"}}""", "home", "\"{\\u0022city\\u0022:\\u0022Lagos\\u0022}\"")]
    [InlineData("""{"home": "Where"}""", "home", "\"{\\u0022city\\u0022:\\u0022Lagos\\u0022}\"")]
    [InlineData("""{"tags": {"type": "list[str]"}}""", "tags", "[\"a\",\"7\"]")]
    [InlineData("""{"tags": {"type": "list[int]"}}""", "tags", "[7]")]
    [InlineData("""{"tags": {"type": "list[string]"}}""", "tags", "\"[\\u0027a\\u0027, \\u00277\\u0027]\"")]
    [InlineData("""{"answer": {"type": "bool"}}""", "answer", "true")]
    public async Task Known_values_are_cast_by_the_priority_rules(string @struct, string member, string? expected)
    {
        await using var wire = await Wire.StartAsync();

        var data = await wire.StructuredDataAsync(
            """{"badge": 30, "remote": true, "grade": "9.5", "home": {"city": "Lagos"}, "tags": ["a", 7], "answer": "yes"}""", @struct);

        data.ContainsKey(member).Should().BeTrue();
        JsonNode.DeepEquals(data[member], expected is null ? null : JsonNode.Parse(expected)).Should().BeTrue($"{data[member]?.ToJsonString()} came");
        if (expected is not null)
        {
            data[member]!.ToJsonString().Contains('.', StringComparison.Ordinal).Should().Be(expected.Contains('.', StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_documented_override_sample_holds()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 0);

        var data = await wire.StructuredDataAsync("""{"badge": 30, "remote": true}""", """{"badge": {"type": "str"}, "city": "Current city"}""");

        data.Select(member => member.Key).Should().BeEquivalentTo("badge", "remote", "city");
        data["badge"]!.GetValue<string>().Should().Be("30");
        data["remote"]!.GetValue<bool>().Should().BeTrue();
        data["city"]!.GetValueKind().Should().Be(JsonValueKind.String);
    }

    [Theory]
    [InlineData("\"Current job title\"", JsonValueKind.String)]
    [InlineData("""{"description": "Age in years"}""", JsonValueKind.String)]
    [InlineData("""{"type": "str"}""", JsonValueKind.String)]
    [InlineData("""{"type": "string"}""", JsonValueKind.String)]
    [InlineData("""{"type": "int"}""", JsonValueKind.Number)]
    [InlineData("""{"description": "Age in years", "type": "integer"}""", JsonValueKind.Number)]
    [InlineData("""{"type": "float"}""", JsonValueKind.Number)]
    [InlineData("""{"type": "bool"}""", JsonValueKind.True)]
    [InlineData("""{"type": "boolean"}""", JsonValueKind.True)]
    [InlineData("""{"type": "list"}""", JsonValueKind.Array)]
    [InlineData("""{"type": "list[str]"}""", JsonValueKind.Array)]
    [InlineData("""{"type": "list[int]"}""", JsonValueKind.Array)]
    [InlineData("""{"type": "list[float]"}""", JsonValueKind.Array)]
    [InlineData("""{"type": "list[bool]"}""", JsonValueKind.Array)]
    [InlineData("""{"type": "list[boolean]"}""", JsonValueKind.Array)]
    [InlineData("""{"type": "dict"}""", JsonValueKind.String)]
    [InlineData("""{"type": "list[string]"}""", JsonValueKind.String)]         // unknown names are no error: they degrade to text
    [InlineData("""{"type": "number"}""", JsonValueKind.String)]
    [InlineData("""{"type": "Int"}""", JsonValueKind.String)]
    [InlineData("""{"type": 5}""", JsonValueKind.String)]
    [InlineData("95.5", JsonValueKind.Number)]
    [InlineData("3", JsonValueKind.Number)]
    [InlineData("false", JsonValueKind.True)]
    [InlineData("[\"a\"]", JsonValueKind.Array)]
    [InlineData("{\"a\": 1}", JsonValueKind.String)]
    [InlineData("null", JsonValueKind.String)]
    public async Task Each_form_of_a_field_is_answered_in_its_type(string form, JsonValueKind kind)
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 0);

        var data = await wire.StructuredDataAsync("""{"email": "someone@example.com"}""", $$"""{"field": {{form}}}""");

        var got = data["field"]!.GetValueKind();
        (got is JsonValueKind.False ? JsonValueKind.True : got).Should().Be(kind);
    }

    [Theory]
    [InlineData("int", true)]
    [InlineData("float", false)]
    [InlineData("3", true)]
    [InlineData("2.0", false)]
    public async Task Integers_have_no_fraction_and_floats_always_have_one(string type, bool isWhole)
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 0);
        var form = char.IsAsciiDigit(type[0]) ? type : $$"""{"type": "{{type}}"}""";

        for (var i = 0; i < 20; i++)
        {
            var data = await wire.StructuredDataAsync($$"""{"name": "Person {{i}}"}""", $$"""{"n": {{form}}}""");
            data["n"]!.ToJsonString().Contains('.', StringComparison.Ordinal).Should().Be(!isWhole);
        }
    }

    [Fact]
    public async Task A_dict_is_json_inside_a_text()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 0);

        var data = await wire.StructuredDataAsync(Wire.Nadia, """{"history": {"description": "Employer to years", "type": "dict"}}""");

        JsonNode.Parse(data["history"]!.GetValue<string>())
            .Should().BeOfType<JsonObject>().Which["Example Robotics"]!.GetValueKind().Should().Be(JsonValueKind.Number);
    }

    [Fact]
    public async Task A_description_that_names_choices_is_answered_with_one_of_them()
    {
        await using var wire = await Wire.StartAsync(options => options.NotFoundShare = 0);

        var data = await wire.StructuredDataAsync(Wire.Nadia, """{"seniority": "How senior the role is; one of: junior, senior, executive"}""");

        data["seniority"]!.GetValue<string>().Should().BeOneOf("junior", "senior", "executive");
    }

    [Fact]
    public async Task Names_travel_unchanged()
    {
        await using var wire = await Wire.StartAsync();
        const string Struct = """{"attribute:score": "A", "JobTitle": "B", "größe": "C", "": "D", "a.b[0]": "E"}""";

        (await wire.StructuredDataAsync("""{"name": "x"}""", Struct)).Select(member => member.Key)
            .Should().Equal("attribute:score", "JobTitle", "größe", "", "a.b[0]", "name");
    }
}
