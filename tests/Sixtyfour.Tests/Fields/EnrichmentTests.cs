using System.Globalization;
using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Tests.Fields;

public sealed class EnrichmentTests
{
    private const string Answer = """
        {
          "notes": "Nadia Okafor leads engineering at Example Robotics.",
          "structured_data": { "title": "VP Engineering", "email": "nadia@example.com", "years_experience": 14, "phone": "" },
          "findings": [],
          "references": { "https://example.com/team": "Team page naming Nadia Okafor" },
          "confidence_score": 8.5,
          "field_confidence": { "title": 96, "email": null },
          "charge_amount": 10,
          "brand_new_member": { "a": 1 }
        }
        """;

    [Fact]
    public void Every_part_of_an_answer_has_its_property()
    {
        var found = Enrichment.Parse(Answer);

        found.Notes.Should().StartWith("Nadia");
        found.StructuredData.GetProperty("title").GetString().Should().Be("VP Engineering");
        found.References
            .Should().ContainSingle().Which.Should().BeEquivalentTo(new { Url = "https://example.com/team", Description = "Team page naming Nadia Okafor" });
        found.ConfidenceScore.Should().Be(8.5);
        found.FieldConfidence.Should().BeEquivalentTo(new Dictionary<string, double?> { ["title"] = 96, ["email"] = null });
        found["title"].Confidence.Should().Be(96);
        found["email"].Confidence.Should().BeNull();
        found.ChargeCents.Should().Be(10);
        found.JobId.Should().BeNull();
        found.AdditionalProperties.Should().ContainSingle().Which.Key.Should().Be("brand_new_member");
    }

    [Fact]
    public void An_archived_answer_is_read_as_a_type_again()
    {
        var found = Enrichment.Parse(Answer).ReadAs(TestJson.Default.Engineer);
        var reflected = Enrichment.Parse(Answer).ReadAs<Engineer>();

        found.Data.Should().Be(new Engineer("VP Engineering", 14));
        found.Issues.Select(issue => issue.Name)
            .Should().Equal(["Title", "YearsExperience"], because: "this contract has other names, and they are found all the same");
        reflected.Data.Should().Be(new Engineer("VP Engineering", 14));
        reflected.ConfidenceScore.Should().Be(8.5);
        reflected.AdditionalProperties.Should().ContainKey("brand_new_member");
    }

    [Fact]
    public void The_charge_that_the_job_names_wins()
    {
        var found = EnrichmentReader.Read(Reading.Json(Answer), chargeCents: 12.5m, jobId: "job-1");

        found.ChargeCents.Should().Be(12.5m);
        found.JobId.Should().Be("job-1");
        found.AdditionalProperties.Should().NotContainKey("charge_amount");
    }

    [Theory]
    [InlineData("""[{"url": "https://example.com", "description": "Team"}, "https://b.example.com"]""", 2)]
    [InlineData("""{"https://example.com": null, "https://b.example.com": ""}""", 2)]
    [InlineData("null", 0)]
    [InlineData("[]", 0)]
    [InlineData("{}", 0)]
    public void References_come_as_an_object_a_list_or_not_at_all(string references, int count)
    {
        var found = Enrichment.Parse($$"""{"structured_data": {}, "references": {{references}} }""");

        found.References.Should().HaveCount(count);
        found.References.Select(reference => reference.Description).Should().NotContain("");
        found.AdditionalProperties.Should().BeEmpty();
    }

    [Theory]
    [InlineData("8.5", 8.5)]
    [InlineData("\"8.5\"", 8.5)]
    [InlineData("9", 9.0)]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("1e999", null)]
    public void Confidence_is_a_number_a_numeric_text_or_absent(string confidence, double? expected) =>
        Enrichment.Parse($$"""{"structured_data": {}, "confidence_score": {{confidence}} }""").ConfidenceScore.Should().Be(expected);

    [Theory]
    [InlineData("10", 10)]
    [InlineData("12.5", 12.5)]
    [InlineData("\"10\"", 10)]
    [InlineData("null", null)]
    public void The_charge_may_have_a_fraction(string charge, object? expected) =>
        Enrichment.Parse($$"""{"structured_data": {}, "charge_amount": {{charge}} }""").ChargeCents
            .Should().Be(expected is null ? null : Convert.ToDecimal(expected, CultureInfo.InvariantCulture));

    [Fact]
    public void Known_members_of_an_unknown_shape_are_kept_raw()
    {
        var found = Enrichment.Parse(
            """
            {"structured_data": {}, "notes": ["a"], "references": 7, "confidence_score": "high", "field_confidence": {"a": 5,
            "b": {"c": 6}}, "charge_amount": {},
             "cost_cents": [], "findings": ["f"]}
            """);

        found.Notes.Should().BeEmpty();
        found.FieldConfidence.Should().ContainKey("a").WhoseValue.Should().Be(5);
        found.AdditionalProperties.Keys
            .Should().BeEquivalentTo("notes", "references", "confidence_score", "field_confidence", "charge_amount", "cost_cents", "findings");
    }

    [Fact]
    public void An_enrichment_made_without_values_is_empty_and_harmless()
    {
        var found = new Enrichment();

        found.StructuredData.ValueKind.Should().Be(JsonValueKind.Undefined);
        found["title"].IsMissing.Should().BeTrue();
        found["title"].AsString().Should().BeNull();
        found.ReadAs<Profile>().Data.Should().BeEquivalentTo(new Profile());
        found.ToString().Should().NotBeNull();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("\ud800")]
    public void An_answer_that_is_no_object_is_refused_with_its_text(string answer)
    {
        var parse = () => Enrichment.Parse(answer);
        parse.Should().Throw<InvalidResponseException>().Which.ResponseBody.Should().Be(answer);
    }

    [Fact]
    public void An_empty_element_is_refused()
    {
        var read = () => EnrichmentReader.Read(default);
        read.Should().Throw<InvalidResponseException>();
    }

    [Fact]
    public void What_was_asked_for_and_did_not_come_is_missing()
    {
        var asked = new EnrichmentStruct
        {
            ["title"] = "Title",
            ["email"] = "Email",
            ["age"] = StructField.Int(),
            ["skills"] = StructField.ListOf(FieldType.Str),
            ["history"] = StructField.Dict(),
            ["none"] = "None",
            ["drifted_name"] = "Drifted",
        };

        var found = EnrichmentReader.Read(
            Reading.Json("""{"structured_data": {"title": "VP", "email": " ", "age": null, "skills": "[]", "history": "{}", "DriftedName": 1}}"""), asked);

        found.Missing.Should().Equal("email", "age", "skills", "history", "none");
        found["drifted_name"].AsInt32().Should().Be(1);
    }

    [Fact]
    public void A_struct_of_ones_own_decides_what_is_missing_in_a_typed_answer()
    {
        var asked = new EnrichmentStruct { ["title"] = "Title", ["extra"] = "Extra" };

        Reading.Data<Engineer>("{}", asked: asked).Missing.Should().Equal("title", "extra");
    }

    [Fact]
    public void A_result_outlives_the_document_it_came_from()
    {
        Enrichment<Box<JsonElement>> found;
        using (var document = JsonDocument.Parse("""{"structured_data": {"value": {"a": 1}}, "other": [1]}"""))
        {
            found = EnrichmentReader.Read(document.RootElement, Reading.Generated.For<Box<JsonElement>>());
        }

        found.StructuredData.GetRawText().Should().Contain("\"a\": 1");
        found.Data.Value.GetProperty("a").GetInt32().Should().Be(1);
        found.AdditionalProperties["other"].GetArrayLength().Should().Be(1);
    }

    [Fact]
    public void Nothing_that_is_printed_shows_a_value()
    {
        var typed = Reading.Data<Engineer>("""{"title": "VP Engineering", "years_experience": "secret"}""");
        var untyped = Enrichment.Parse(Answer);

        typed.ToString().Should().Be("Enrichment with title, years_experience");
        untyped.ToString().Should().Be("Enrichment with title, email, years_experience, phone");
        typed.Issues.Should().ContainSingle().Which.ToString().Should().Be("years_experience: Unreadable, wanted int");
        typed["title"].ToString().Should().Be("title");
        untyped.References[0].ToString().Should().NotContain("example");
    }

    [Fact]
    public void Anyone_can_make_one_for_a_test()
    {
        var made = new Enrichment<Engineer>(new("VP", 3)) { Notes = "n", Missing = ["x"] };

        made.Data.Title.Should().Be("VP");
        made["title"].IsMissing.Should().BeTrue();
        made.ReadAs<Engineer>().Data.Should().Be(new Engineer(null, null));
        made.ToString().Should().NotContain("VP");
    }

    [Fact]
    public void An_answer_knows_the_contracts_of_its_client()
    {
        var found = EnrichmentReader.Read(Reading.Json("""{"structured_data": {"title": "VP"}}"""), contracts: Reading.Generated);

        found.ReadAs<Engineer>().Data.Title.Should().Be("VP");
    }
}
