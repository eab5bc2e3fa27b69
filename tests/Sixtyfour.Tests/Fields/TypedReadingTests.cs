using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Tests.Fields;

public abstract class TypedReadingTests
{
    private protected abstract JsonContracts Contracts { get; }

    private const string Whole = """
        {
          "title": "VP Engineering", "age": 41, "management": 0.5, "is_hiring": true, "seniority": "VicePresident",
          "skills": ["C#", "Go"], "history": {"Example Robotics": 4}, "since": "2024-05-17", "x:fit": 7
        }
        """;

    [Fact]
    public void Every_member_of_a_well_formed_answer_is_read_without_an_issue()
    {
        var found = Read<Profile>(Whole);

        found.Data.Should().BeEquivalentTo(new Profile
        {
            Title = "VP Engineering",
            Age = 41,
            Management = 0.5,
            IsHiring = true,
            Seniority = Seniority.VicePresident,
            Skills = ["C#", "Go"],
            History = new() { ["Example Robotics"] = 4 },
            Since = new DateOnly(2024, 5, 17),
            Fit = 7,
        });
        found.Issues.Should().BeEmpty();
        found.Missing.Should().BeEmpty();
    }

    [Fact]
    public void An_empty_answer_gives_nulls_defaults_and_the_names_of_all_that_is_missing()
    {
        var found = Read<Profile>("{}");

        found.Data.Should().BeEquivalentTo(new Profile());
        found.Data.Skills.Should().NotBeNull();
        found.Missing.Should().Equal("title", "age", "management", "is_hiring", "seniority", "skills", "history", "since", "x:fit");
        found.Issues.Should().ContainSingle().Which.Should().Match<FieldIssue>(issue => issue.Name == "skills" && issue.Kind == FieldIssueKind.Missing);
    }

    [Fact]
    public void Members_that_cannot_be_null_get_their_default_and_an_issue()
    {
        var found = Read<Demanding>("""{"age": null, "country": ""}""");

        found.Data.Name.Should().BeNull();
        found.Data.Age.Should().Be(0);
        found.Data.Tags.Should().BeEmpty();
        found.Data.Country.Should().Be("Nigeria");
        found.Data.Level.Should().Be(Seniority.Junior);
        found.Data.Source.Should().Be("initial");
        found.Issues.Should().OnlyContain(issue => issue.Kind == FieldIssueKind.Missing);
        found.Issues.Select(issue => issue.Name).Should().BeEquivalentTo("name", "age", "tags", "country", "level", "source");
        found.Issues.Single(issue => issue.Name == "age").Raw.ValueKind.Should().Be(JsonValueKind.Null);
        found.Issues.Single(issue => issue.Name == "name").Raw.ValueKind.Should().Be(JsonValueKind.Undefined);
    }

    [Fact]
    public void One_bad_field_does_not_take_the_others_with_it()
    {
        var found = Read<Profile>("""{"title": "VP", "age": "about 40", "since": "2024-05", "skills": "n/a, none"}""");

        found.Data.Title.Should().Be("VP");
        found.Data.Age.Should().BeNull();
        found.Data.Since.Should().BeNull();
        found.Issues.Where(issue => issue.Kind == FieldIssueKind.Unreadable).Select(issue => issue.Name).Should().BeEquivalentTo("age", "since");
        found.Issues.Single(issue => issue.Name == "age").Should().Match<FieldIssue>(issue => issue.Expected == "int" && issue.Raw.GetString() == "about 40");
        found.Missing.Should().NotContain("age");
    }

    [Fact]
    public void A_name_whose_case_drifted_is_found_and_reported()
    {
        var found = Read<Engineer>("""{"Title": "VP", "yearsExperience": 14}""");

        found.Data.Should().Be(new Engineer("VP", 14));
        found.Issues.Should().HaveCount(2).And.OnlyContain(issue => issue.Kind == FieldIssueKind.Repaired);
        found.Missing.Should().BeEmpty();
    }

    [Fact]
    public void A_drifted_name_that_two_members_share_is_not_guessed()
    {
        var found = Read<Engineer>("""{"Title": "VP", "TITLE": "CTO"}""");

        found.Data.Title.Should().BeNull();
        found.Missing.Should().Contain("title");
    }

    [Fact]
    public void The_exact_name_wins_over_a_drifted_one()
    {
        Read<Engineer>("""{"Title": "CTO", "title": "VP"}""").Data.Title.Should().Be("VP");
    }

    [Fact]
    public void Objects_in_lists_and_dictionaries_are_repaired_member_by_member()
    {
        var found = Read<Team>("""
            {
              "contacts": [{"name": "A", "age": "41"}, {"name": "B", "age": "old"}, {"age": 3}],
              "lead": "{\"name\": \"L\", \"age\": 50.0}",
              "by_role": {"cto": {"Name": "C", "age": 5}}
            }
            """);

        found.Data.Contacts.Should().Equal(new Contact("A", 41), new Contact("B", null), new Contact(null!, 3));
        found.Data.Lead.Should().Be(new Contact("L", 50));
        found.Data.ByRole.Should().ContainKey("cto").WhoseValue.Should().Be(new Contact("C", 5));
        found.Issues.Select(issue => $"{issue.Name} {issue.Kind}").Should().BeEquivalentTo(
            "contacts[0].age Repaired",
            "contacts[1].age Unreadable",
            "contacts[2].name Missing",
            "lead Repaired",
            "lead.age Repaired",
            "by_role[0].name Repaired");
    }

    [Fact]
    public void What_is_not_an_object_reads_as_nothing_found()
    {
        foreach (var data in new[] { "[]", "\"text\"", "7", "true" })
        {
            Read<Engineer>(data).Data.Should().Be(new Engineer(null, null));
        }
    }

    [Fact]
    public void Values_are_found_by_JSON_name_and_by_C_sharp_name()
    {
        var found = Read<Profile>(Whole);

        found["is_hiring"].AsBoolean().Should().BeTrue();
        found[nameof(Profile.IsHiring)].AsBoolean().Should().BeTrue();
        found[nameof(Profile.IsHiring)].Name.Should().Be("is_hiring");
        found[nameof(Profile.Fit)].AsInt32().Should().Be(7);
        found["no such member"].IsMissing.Should().BeTrue();
        found[null!].IsMissing.Should().BeTrue();
    }

    private protected Enrichment<T> Read<T>(string structuredData) => Reading.Data<T>(structuredData, Contracts);
}

public sealed class TypedReadingThroughGeneratedContractsTests : TypedReadingTests
{
    private protected override JsonContracts Contracts => Reading.Generated;

    [Fact]
    public void Generated_contracts_overwrite_initializers_of_init_members_yet_no_list_is_null()
    {
        var found = Read<Initialized>("{}").Data;

        found.Source.Should().BeNull();
        found.Count.Should().Be(0);
        found.Tags.Should().BeEmpty();
    }
}

public sealed class TypedReadingThroughReflectionTests : TypedReadingTests
{
    private protected override JsonContracts Contracts => Reading.Reflected;

    [Fact]
    public void Initializers_stand_where_nothing_was_found() => Read<Initialized>("{}").Data.Should().BeEquivalentTo(new Initialized());
}
