using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Fields;

/// <summary>Values at the edges of their types, and texts that are not quite text.</summary>
public sealed class OddValueTests
{
    [Theory]
    [InlineData("1e-9")]
    [InlineData("2.98e-8")]
    [InlineData("-1e-9")]
    [InlineData("\"1e-9\"")]
    [InlineData("65505")]
    public void A_number_beyond_a_Half_is_an_issue_and_not_zero(string number)
    {
        var found = Read($$"""{"half": {{number}}}""");

        found.Data.Half.Should().Be(default);
        Issue(found, "half").Should().Be(FieldIssueKind.Unreadable);
    }

    [Theory]
    [InlineData("3e-8", 5.9604645E-08)]
    [InlineData("65504", 65504)]
    [InlineData("-65504", -65504)]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    public void A_number_within_a_Half_is_read(string number, double expected)
    {
        var found = Read($$"""{"half": {{number}}}""");

        ((double)found.Data.Half).Should().BeApproximately(expected, 1e-9);
        Issue(found, "half").Should().BeNull();
    }

    [Theory]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("-0e5")]
    [InlineData("\"-0\"")]
    public void Minus_zero_is_zero_in_every_type(string zero)
    {
        var names = new[] { "tiny", "small", "short", "u_short", "int", "u_int", "long", "u_long", "huge", "u_huge", "half", "single", "double", "decimal" };

        var found = Read("{" + string.Join(",", names.Select(name => $"\"{name}\": {zero}")) + "}");

        found.Issues.Where(issue => names.Contains(issue.Name)).Select(issue => issue.Kind).Should().NotContain(FieldIssueKind.Unreadable);
        (found.Data.Small, found.Data.UInt, found.Data.ULong, found.Data.UHuge, found.Data.Double, found.Data.Decimal).Should().Be((0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void A_number_of_a_million_groups_costs_no_more_than_its_length()
    {
        var number = "1" + new StringBuilder().Insert(0, ",000", 1_000_000);

        var found = Read($$"""{"int": "{{number}}", "double": "{{number}}", "numbers": "{{number}}", "texts": "{{number}}"}""");

        Issue(found, "int").Should().Be(FieldIssueKind.Unreadable);
        Issue(found, "double").Should().Be(FieldIssueKind.Unreadable);
    }

    [Theory]
    [InlineData("\"0001-01-01\"")]
    [InlineData("\"0001-01-01T00:00:00\"")]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    public void The_first_day_is_read_in_every_time_zone(string first)
    {
        var found = Read($$"""{"date": {{first}}, "moment": {{first}}, "instant": {{first}}}""");

        found.Issues.Where(issue => issue.Name is "date" or "moment" or "instant").Select(issue => issue.Kind).Should().NotContain(FieldIssueKind.Unreadable);
        found.Issues.Select(issue => issue.Name).Should().NotContain("moment");
        (found.Data.Date, found.Data.Moment, found.Data.Instant).Should().Be((DateOnly.MinValue, DateTime.MinValue, DateTimeOffset.MinValue));
    }

    [Theory]
    [InlineData("\"9999-12-31T23:59:59.9999999\"")]
    [InlineData("\"9999-12-31T23:59:59.9999999Z\"")]
    public void The_last_moment_is_read_in_every_time_zone(string last) =>
        Read($$"""{"moment": {{last}}, "instant": {{last}}}""").Data.Instant.Should().Be(DateTimeOffset.MaxValue);

    [Theory]
    [InlineData("\"2024-05-17T10:30:00.1234567890123456+02:00\"")]
    [InlineData("\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("\"9999-12-31T23:59:59-14:00\"")]
    [InlineData("\"2024-05-17T24:00:00+02:00\"")]
    public void An_odd_moment_is_read_or_an_issue_and_never_an_exception(string moment)
    {
        var found = Read($$"""{"date": {{moment}}, "moment": {{moment}}, "instant": {{moment}}, "text": "x"}""");

        found.Data.Text.Should().Be("x");
        (found.Data.Moment != default || Issue(found, "moment") is FieldIssueKind.Unreadable).Should().BeTrue();
    }

    [Theory]
    [InlineData("Node.js")]
    [InlineData("node.js")]
    [InlineData("ASP.NET")]
    [InlineData("Booking.com")]
    [InlineData("St.Gallen")]
    [InlineData("report.pdf")]
    [InlineData("dr.smith")]
    [InlineData("e.g")]
    [InlineData("v1.0")]
    [InlineData("https://N/A")]
    [InlineData("https://n/a")]
    [InlineData("http://unknown")]
    [InlineData("https://None")]
    [InlineData("https://not-found/")]
    [InlineData("https://https://example.com")]
    [InlineData("LinkedIn://in/nadia")]
    [InlineData("Website:https://example.com")]
    [InlineData("https://1.5")]
    public void A_name_or_a_placeholder_is_not_an_address(string text)
    {
        var found = Read($$"""{"address": "{{text}}"}""");

        found.Data.Address.Should().BeNull();
        Issue(found, "address").Should().Be(FieldIssueKind.Unreadable);
    }

    [Theory]
    [InlineData("example.com", "https://example.com/")]
    [InlineData("www.example.museum", "https://www.example.museum/")]
    [InlineData("example.co.uk/team", "https://example.co.uk/team")]
    [InlineData("https://Example.com", "https://example.com/")]
    [InlineData("https://example.museum", "https://example.museum/")]
    [InlineData("https://xn--mller-kva.de/", "https://xn--mller-kva.de/")]
    [InlineData("http://192.0.2.7/", "http://192.0.2.7/")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/")]
    public void An_address_is_an_address(string text, string expected) => Read($$"""{"address": "{{text}}"}""").Data.Address!.AbsoluteUri.Should().Be(expected);

    [Theory]
    [InlineData("\"Caf\\ud83d\"")]
    [InlineData("\"Caf\\uDE00!\"")]
    [InlineData("\"Caf\\ufffd\"")]
    public void Escapes_that_are_not_Unicode_are_an_issue_and_can_be_printed(string text)
    {
        var found = Enrichment.Parse($$"""{"structured_data": {"text": {{text}}, "texts": ["a", {{text}}], "odd\ud800": 1} }""").ReadAs<Everything>();

        ShowsReplacement(found);
    }

    [Fact]
    public void A_pair_of_escapes_is_one_character_and_no_issue()
    {
        var found = Enrichment.Parse("""{"structured_data": {"text": "\ud83d\ude00 \\ud83d \u00e9"}}""").ReadAs<Everything>();

        found.Data.Text.Should().Be("\ud83d\ude00 \\ud83d \u00e9");
        Issue(found, "text").Should().BeNull();
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_an_issue_and_can_be_printed()
    {
        byte[] body = [.. "{\"structured_data\": {\"text\": \"Caf"u8, 0xE9, .. "\", \"texts\": [\"a\", \"Caf"u8, 0xE9, .. "\"]}}"u8];
        using var handler = new ScriptedHandler().Does((_, _) => Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(body) }));
        using var client = TestClients.Create(handler);

        var found = await client.Leads.EnrichAsync(new() { Name = "Nadia Okafor" }, Ask.Title, cancellationToken: TestContext.Current.CancellationToken);

        ShowsReplacement(found.ReadAs<Everything>());
    }

    [Fact]
    public void A_type_that_throws_a_cancellation_does_not_lose_the_answer()
    {
        foreach (var member in new[] { "refused", "checked" })
        {
            var found = Enrichment.Parse($$"""{"structured_data": {"{{member}}": "x", "title": "VP Engineering"} }""").ReadAs<Impatient>();

            found.Data.Title.Should().Be("VP Engineering");
            found.Issues.Should().ContainSingle().Which.Name.Should().Be(member);
        }
    }

    private static void ShowsReplacement(Enrichment<Everything> found)
    {
        found.Data.Text.Should().StartWith("Caf\ufffd");
        found.Data.Texts.Should().HaveCount(2);
        Issue(found, "text").Should().Be(FieldIssueKind.Repaired);
        Issue(found, "texts").Should().Be(FieldIssueKind.Repaired);
        found.Issues.Should().AllSatisfy(issue => (issue.Raw.ToString() + issue).Should().NotBeEmpty());
        found["text"].AsString().Should().StartWith("Caf\ufffd");
    }

    private static FieldIssueKind? Issue(Enrichment<Everything> found, string name) => found.Issues.SingleOrDefault(issue => issue.Name == name)?.Kind;

    private static Enrichment<Everything> Read(string data) => Reading.Data<Everything>(data);

    private sealed record Impatient
    {
        private string? _checked;

        public string? Title { get; set; }

        [JsonConverter(typeof(ImpatientConverter))]
        public string? Refused { get; set; }

        public string? Checked
        {
            get => _checked;
            set => _checked = value is null ? null : throw new OperationCanceledException();
        }
    }

    private sealed class ImpatientConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new TaskCanceledException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
