namespace Sixtyfour.Tests.Fields;

/// <summary>Sources keep what they carry, in whatever form they come.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("""{"https://example.com/team": {"title": "Team", "snippet": "Names her", "quote": "VP Engineering"}}""")]
    [InlineData("""[{"url": "https://example.com/team", "title": "Team", "snippet": "Names her", "quote": "VP Engineering"}]""")]
    [InlineData("""[{"link": "https://example.com/team", "name": "Team", "description": "Names her", "quotes": ["VP Engineering"]}]""")]
    [InlineData("""{"url": "https://example.com/team", "title": "Team", "summary": "Names her", "excerpt": "VP Engineering"}""")]
    [InlineData("""{"Team": {"url": "https://example.com/team", "text": "Names her", "quote": "VP Engineering"}}""")]
    [InlineData("""  "[{'url': 'https://example.com/team', 'title': 'Team', 'snippet': 'Names her', 'quote': 'VP Engineering'}]"  """)]
    public void A_title_a_snippet_and_a_quote_are_kept(string references)
    {
        var found = Read(references);

        var reference = found.References.Should().ContainSingle().Which;
        (reference.Url, reference.Title, reference.Description, reference.Quote)
            .Should().Be(("https://example.com/team", "Team", "Names her", "VP Engineering"));
        found.AdditionalProperties.Should().BeEmpty();
    }

    [Fact]
    public void Several_texts_about_one_address_stand_below_each_other() =>
        Read("""{"https://example.com/team": ["Names her", "Names the team"]}""").References.Should().ContainSingle()
            .Which.Description.Should().Be("Names her\nNames the team");

    [Fact]
    public void Several_finds_at_one_address_are_references_of_their_own()
    {
        var found = Read("""{"https://example.com/team": [{"snippet": "Names her"}, {"quote": "VP Engineering"}]}""").References;

        found.Select(reference => (reference.Url, reference.Description, reference.Quote)).Should().Equal(
            ("https://example.com/team", "Names her", null), ("https://example.com/team", null, "VP Engineering"));
    }

    [Fact]
    public void A_title_may_stand_in_place_of_the_address() =>
        Read("""{"Team page": "https://example.com/team"}""").References.Should().ContainSingle()
            .Which.Should().Match<SourceReference>(reference => reference.Url == "https://example.com/team" && reference.Title == "Team page");

    [Fact]
    public void The_sources_of_each_field_are_found_and_the_field_is_not_lost()
    {
        var found = Read("""{"title": ["https://example.com/a", {"url": "https://example.com/b", "quote": "VP"}], "email": ["https://example.com/c"]}""");

        found.References.Select(reference => reference.Url).Should().Equal("https://example.com/a", "https://example.com/b", "https://example.com/c");
        found.AdditionalProperties.Should().ContainKey("references");
    }

    [Theory]
    [InlineData("""[{"url": "https://example.com/team", "accessed": "2026-05-17"}]""")]
    [InlineData("""[{"url": "https://example.com/team", "quote": {"text": "VP", "line": 4}}]""")]
    [InlineData("""["https://example.com/team", 7]""")]
    [InlineData("""["https://example.com/team", {"title": "An address is not given"}]""")]
    public void What_has_no_place_in_a_reference_is_still_there(string references)
    {
        var found = Read(references);

        found.References.Should().ContainSingle().Which.Url.Should().Be("https://example.com/team");
        found.AdditionalProperties["references"].GetRawText().Should().Be(references);
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("\"12.5\"", 12.5)]
    public void The_cost_in_cents_counts_as_the_charge(string cost, double expected)
    {
        var found = Enrichment.Parse($$"""{"structured_data": {}, "cost_cents": {{cost}} }""");

        found.ChargeCents.Should().Be((decimal)expected);
        found.AdditionalProperties.Should().BeEmpty();
    }

    [Fact]
    public void The_charge_wins_over_the_cost() =>
        Enrichment.Parse("""{"structured_data": {}, "cost_cents": 5, "charge_amount": 10}""").ChargeCents.Should().Be(10);

    private static Enrichment Read(string references) => Enrichment.Parse($$"""{"structured_data": {}, "references": {{references}} }""");
}
