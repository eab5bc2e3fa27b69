using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sixtyfour.Tests.Fields;

/// <summary>Values that look right in the wrong type.</summary>
public sealed class NeverSilentlyWrongTests
{
    private enum Swapped
    {
        [JsonStringEnumMemberName("B")]
        A,

        [JsonStringEnumMemberName("A")]
        B,
    }

    private sealed record Odd
    {
        [JsonConverter(typeof(JsonStringEnumConverter<Swapped>))]
        public Swapped? Swapped { get; set; }

        public double? Double { get; set; }

        public float? Single { get; set; }

        public decimal? Decimal { get; set; }

        public Uri? Address { get; set; }

        public DateTime? Moment { get; set; }

        [JsonConverter(typeof(ThrowingConverter))]
        public string? Refused { get; set; }

        public string? Title { get; set; }
    }

    private sealed class ThrowingConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!.Split('-')[1];

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    [Fact]
    public void A_name_the_converter_writes_wins_over_another_values_name_in_csharp() =>
        Read("""{"swapped": "B"}""").Data.Swapped.Should().Be(Swapped.A);

    [Theory]
    [InlineData("double", "1e-400")]
    [InlineData("single", "1e-60")]
    [InlineData("decimal", "1e-40")]
    [InlineData("double", "\"1e-400\"")]
    public void A_number_too_small_for_its_type_is_an_issue_and_not_zero(string member, string value)
    {
        var found = Read($$"""{"{{member}}": {{value}}}""");

        (found.Data.Double, found.Data.Single, found.Data.Decimal).Should().Be((null, null, null));
        found.Issues.Should().ContainSingle().Which.Kind.Should().Be(FieldIssueKind.Unreadable);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.000")]
    [InlineData("\"0\"")]
    [InlineData("-0e5")]
    public void Zero_is_a_number(string value) => Read($$"""{"double": {{value}}}""").Data.Double.Should().Be(0);

    [Theory]
    [InlineData("https://linkedin.com/in/nadia,linkedin.com/in/okafor")]
    [InlineData("https://a.com/x|b.com/y")]
    [InlineData("https://a.com/x;www.b.com")]
    [InlineData("https://a.com/x&https://b.com/y")]
    public void Two_addresses_in_one_text_are_an_issue(string value)
    {
        var found = Read($$"""{"address": "{{value}}"}""");

        found.Data.Address.Should().BeNull();
        found.Issues.Should().ContainSingle().Which.Kind.Should().Be(FieldIssueKind.Unreadable);
    }

    [Theory]
    [InlineData("https://a.com/x,y")]
    [InlineData("https://web.archive.org/web/2024/https://example.com/")]
    [InlineData("https://a.com/?u=https://b.com&v=1")]
    public void One_address_may_hold_commas_and_another_address_inside(string value) => Read($$"""{"address": "{{value}}"}""").Data.Address.Should().Be(value);

    [Fact]
    public void A_moment_with_an_offset_is_the_same_moment_in_any_time_zone()
    {
        var moment = Read("""{"moment": "2024-05-17T02:30:00+02:00"}""").Data.Moment!.Value;

        moment.Kind.Should().Be(DateTimeKind.Utc);
        moment.Should().Be(new DateTime(2024, 5, 17, 0, 30, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void A_converter_that_fails_in_any_way_loses_one_member_and_not_the_answer()
    {
        var found = Read("""{"refused": "nohyphen", "title": "VP Engineering"}""");

        found.Data.Title.Should().Be("VP Engineering");
        found.Data.Refused.Should().BeNull();
        found.Issues.Should().ContainSingle().Which.Name.Should().Be("refused");
    }

    private static Enrichment<Odd> Read(string data) => Enrichment.Parse($$"""{"structured_data": {{data}}}""").ReadAs<Odd>();
}
