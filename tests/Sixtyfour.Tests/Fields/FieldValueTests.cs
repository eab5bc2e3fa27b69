using System.Text.Json;
using Sixtyfour.Fields;

namespace Sixtyfour.Tests.Fields;

public sealed class FieldValueTests
{
    [Theory]
    [InlineData("\"VP\"", "VP")]
    [InlineData("30", "30")]
    [InlineData("true", "true")]
    [InlineData("\"\"", null)]
    [InlineData("\" \"", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("{\"a\":1}", null)]
    [InlineData("\"\\ud800\"", null)]
    public void A_text_is_never_empty(string json, string? expected) => Value(json).AsString().Should().Be(expected);

    [Theory]
    [InlineData("41", 41)]
    [InlineData("\"41\"", 41)]
    [InlineData("41.0", 41)]
    [InlineData("\"1,041\"", 1041)]
    [InlineData("\"about 41\"", null)]
    [InlineData("41.5", null)]
    [InlineData("99999999999", null)]
    [InlineData("null", null)]
    public void Whole_numbers_read_as_in_typed_reading(string json, int? expected)
    {
        Value(json).AsInt32().Should().Be(expected);
        (Value(json).AsInt64() is null).Should().Be(expected is null && !json.StartsWith("999", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("\"0.5\"", 0.5)]
    [InlineData("1e999", null)]
    [InlineData("\"half\"", null)]
    public void Numbers_are_finite(string json, double? expected) => Value(json).AsDouble().Should().Be(expected);

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"no\"", false)]
    [InlineData("\"maybe\"", null)]
    public void Truth_values_come_as_words_too(string json, bool? expected) => Value(json).AsBoolean().Should().Be(expected);

    [Fact]
    public void Texts_are_read_from_an_array_or_from_list_notation()
    {
        Value("""["A", 1, null, ""]""").AsStrings().Should().Equal("A", "1");
        Value("\"['A', 'B']\"").AsStrings().Should().Equal("A", "B");
        Value("[]").AsStrings().Should().BeNull();
        Value("[[1]]").AsStrings().Should().BeNull();
        Value("7").AsStrings().Should().BeNull();
    }

    [Fact]
    public void Commas_split_only_what_was_asked_for_as_a_list()
    {
        Value("\"A, B\"").AsStrings().Should().BeNull();
        Value("\"A, B\"", StructField.List("x")).AsStrings().Should().Equal("A", "B");
        Value("\"A, B\"", StructField.ListOf(FieldType.Str)).AsStrings().Should().Equal("A", "B");
        Value("\"A, B\"", StructField.Str()).AsStrings().Should().BeNull();
    }

    [Fact]
    public void JSON_is_read_also_out_of_a_text()
    {
        Value("""{"a": 1}""").AsJson()!.Value.GetProperty("a").GetInt32().Should().Be(1);
        Value("""  "{\"a\": 1}"  """).AsJson()!.Value.GetProperty("a").GetInt32().Should().Be(1);
        Value("\"[1, 2]\"").AsJson()!.Value.GetArrayLength().Should().Be(2);
        Value("\"text\"").AsJson().Should().BeNull();
        Value("7").AsJson().Should().BeNull();
        Value("{}").AsJson().Should().BeNull();
    }

    [Fact]
    public void Missing_and_unfit_are_told_apart()
    {
        Value("\"about 40\"").IsMissing.Should().BeFalse();
        Value("\"\"").IsMissing.Should().BeTrue();
        Value("[]").IsMissing.Should().BeTrue();
        Value("\"{}\"", StructField.Dict()).IsMissing.Should().BeTrue();
        Value("\"{}\"").IsMissing.Should().BeFalse();
        new Enrichment()["x"].Raw.ValueKind.Should().Be(JsonValueKind.Undefined);
    }

    [Fact]
    public void The_default_value_is_missing_and_harmless()
    {
        FieldValue nothing = default;

        nothing.Name.Should().BeEmpty();
        nothing.IsMissing.Should().BeTrue();
        nothing.AsStrings().Should().BeNull();
        nothing.AsJson().Should().BeNull();
    }

    private static FieldValue Value(string json, StructField? asked = null) =>
        EnrichmentReader.Read(Reading.Json("{\"structured_data\":{\"x\":" + json + "}}"), asked is null ? null : new() { ["x"] = asked })["x"];
}
