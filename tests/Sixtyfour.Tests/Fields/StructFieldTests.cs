using System.Text.Json.Nodes;

namespace Sixtyfour.Tests.Fields;

public sealed class StructFieldTests
{
    [Fact]
    public void A_text_is_a_description_and_travels_as_a_text() => Written("Work email address").Should().Be("\"Work email address\"");

    [Fact]
    public void Description_and_type_travel_as_an_object() =>
        Written(StructField.Int("Age in years")).Should().Be("""{"description":"Age in years","type":"int"}""");

    [Fact]
    public void A_field_made_with_a_description_only_travels_as_an_object() =>
        Written(new StructField("One line")).Should().Be("""{"description":"One line"}""");

    [Fact]
    public void A_field_made_with_a_type_only_travels_as_an_object() => Written(StructField.Str()).Should().Be("""{"type":"str"}""");

    [Fact]
    public void Literals_travel_as_they_are()
    {
        Written(95.5).Should().Be("95.5");
        Written(false).Should().Be("false");
        Written(42).Should().Be("42");
        Written(9_000_000_000).Should().Be("9000000000");
        Written(StructField.Example(new JsonArray(1, 2))).Should().Be("[1,2]");
    }

    [Fact]
    public void A_whole_float_keeps_its_fraction_or_it_would_become_an_int()
    {
        Written(95.0).Should().Be("95.0");
        Written(1e20).Should().Be("1E+20");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_float_that_JSON_cannot_say_is_refused(double value)
    {
        var convert = () => (StructField)value;
        convert.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Every_type_is_sent_in_the_services_own_spelling()
    {
        Type(StructField.Str("x")).Should().Be("str");
        Type(StructField.Int("x")).Should().Be("int");
        Type(StructField.Float("x")).Should().Be("float");
        Type(StructField.Bool("x")).Should().Be("bool");
        Type(StructField.List("x")).Should().Be("list");
        Type(StructField.Dict("x")).Should().Be("dict");
        Type(StructField.ListOf(FieldType.Str, "x")).Should().Be("list[str]");
        Type(StructField.ListOf(FieldType.Int, "x")).Should().Be("list[int]");
        Type(new StructField("x", new FieldType("list[date]"))).Should().Be("list[date]");
    }

    [Fact]
    public void Lists_of_lists_are_refused_since_the_service_would_take_them_for_texts()
    {
        var make = () => StructField.ListOf(FieldType.List);
        make.Should().Throw<ArgumentException>().WithParameterName("item");
    }

    [Fact]
    public void Printing_a_field_tells_its_type_and_no_example()
    {
        StructField.Int("Age").ToString().Should().Be("Field of type int");
        StructField.Example(12345).ToString().Should().NotContain("12345");
    }

    private static string? Type(StructField field) => JsonNode.Parse(Written(field))!["type"]!.GetValue<string>();

    private static string Written(StructField field)
    {
        var json = Written(new EnrichmentStruct { ["x"] = field });
        return json[5..^1];
    }

    private static string Written(EnrichmentStruct fields) => Writing.ToJson(fields.WriteTo);
}
