namespace Sixtyfour.Emulator.Tests.Structs;

public sealed class StructBuilderTests
{
    [Fact]
    public async Task The_parts_of_a_text_become_fields_with_types()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync(
            "/struct-builder/generate", """{"description": "job title, number of employees, whether hiring and a list of skills"}""");

        answer["struct"]!.AsArray().Select(field => ((string)field!["name"]!, (string)field["type"]!))
            .Should().Equal(("job_title", "string"), ("number_of_employees", "int"), ("whether_hiring", "bool"), ("a_list_of_skills", "list[str]"));
    }

    [Fact]
    public async Task Known_fields_stay_and_nested_ones_come_when_allowed()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync(
            "/struct-builder/generate",
            """{"description": "former roles with employer title", "allow_nested": true, "existing_struct": [{"name": "age", "description": "Age", """
                + """ "type": "int"}]}""");

        answer["struct"]!.AsArray().Select(field => (string)field!["name"]!).Should().Equal("age", "former_roles");
        answer["struct"]![1]!["subfields"]!.AsArray().Select(field => (string)field!["key"]!).Should().Equal("employer", "title");
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused()
    {
        await using var wire = await Wire.StartAsync();

        ((int)(await wire.PostAsync("/struct-builder/generate", $$"""{"description": "{{new string('a', 4001)}}"}""")).StatusCode).Should().Be(422);
    }
}
