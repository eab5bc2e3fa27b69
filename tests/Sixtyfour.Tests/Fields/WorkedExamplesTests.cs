using System.Text.Json;
using Sixtyfour.Fields;

namespace Sixtyfour.Tests.Fields;

/// <summary>The examples of the service's struct and type casting page.</summary>
public sealed class WorkedExamplesTests
{
    [Fact]
    public void A_type_overrides_that_of_the_input()
    {
        var lead = new LeadInfo { ["badge"] = 30, ["remote"] = true };
        var fields = new EnrichmentStruct { ["badge"] = StructField.Str(), ["city"] = "Current city" };

        Writing.ToJson(lead.WriteTo).Should().Be("""{"badge":30,"remote":true}""");
        Writing.ToJson(fields.WriteTo).Should().Be("""{"badge":{"type":"str"},"city":"Current city"}""");

        var found = EnrichmentReader.Read(Reading.Json("""{"structured_data": {"badge": "30", "remote": true, "city": "Lagos"}}"""), fields);
        found["badge"].AsString().Should().Be("30");
        found["remote"].AsBoolean().Should().BeTrue("it is echoed although nobody asked");
        found["city"].AsString().Should().Be("Lagos");
        found.Missing.Should().BeEmpty();
    }

    [Fact]
    public void Explicit_types_come_back_as_such()
    {
        var fields = new EnrichmentStruct { ["headcount"] = StructField.Int("Approximate headcount"), ["hiring"] = StructField.Bool("Are there open roles?") };

        Writing.ToJson(fields.WriteTo).Should().Be(
            """{"headcount":{"description":"Approximate headcount","type":"int"},"hiring":{"description":"Are there open roles?","type":"bool"}}""");
    }

    [Fact]
    public void Types_are_inferred_from_literals() =>
        Writing.ToJson(new EnrichmentStruct { ["score"] = 1.5, ["active"] = false, ["count"] = 3 }.WriteTo)
            .Should().Be("""{"score":1.5,"active":false,"count":3}""");

    [Fact]
    public void A_list_type_the_service_does_not_know_comes_back_in_Python_notation_or_with_commas()
    {
        var found = Reading.Data<Box<List<string>>>("""{"value": "['Ada', 'Grace', 'Edsger']"}""");

        found.Data.Value.Should().Equal("Ada", "Grace", "Edsger");
        found["value"].Raw.ValueKind.Should().Be(JsonValueKind.String, "the raw value stays as it came");
    }

    [Fact]
    public void A_dict_comes_as_a_text_or_as_an_object()
    {
        Reading.Data<Box<Dictionary<string, int>>>("""{"value": "{\"Example Robotics\": 4}"}""").Data.Value.Should().ContainKey("Example Robotics");
        Reading.Data<Box<Dictionary<string, int>>>("""{"value": {"Example Robotics": 4}}""").Data.Value.Should().ContainKey("Example Robotics");
    }

    [Fact]
    public void All_five_forms_travel_as_documented()
    {
        var fields = new EnrichmentStruct
        {
            ["email"] = "Work email address",
            ["age"] = StructField.Int("Age in years"),
            ["bio"] = new StructField("One line"),
            ["badge"] = StructField.Str(),
            ["score"] = 95.5,
        };

        Writing.ToJson(fields.WriteTo).Should().Be(
            """{"email":"Work email address","age":{"description":"Age in years","type":"int"},"bio":"""
                + """{"description":"One line"},"badge":{"type":"str"},"score":95.5}""");
    }
}
