using System.ComponentModel;
using System.Text.Json.Serialization;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed class Scenario04_Typed
{
    public enum Seniority { Junior, Senior, Executive }

    public sealed record Profile
    {
        [Description("Current job title")] public string? Title { get; init; }
        [Description("Age in years")] public int? Age { get; init; }
        [Description("Share of time spent on management, 0 to 1")] public double? Management { get; init; }
        [Description("Is the person hiring?")] public bool? IsHiring { get; init; }
        [Description("How senior the role is")] public Seniority? Seniority { get; init; }
        [Description("Skills named in public profiles")] public IReadOnlyList<string> Skills { get; init; } = [];
        [Description("Employer to years spent there")] public Dictionary<string, int>? History { get; init; }
        [Description("Start of the current role")] public DateOnly? Since { get; init; }
        [Description("Role fit"), JsonPropertyName("x:fit")] public int? Fit { get; init; }
    }

    [Fact]
    public async Task The_answer_comes_as_the_type_that_was_asked_with()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        emulator.Answer("/people-intelligence", _ => new()
        {
            ["title"] = "VP Engineering",
            ["age"] = "41",
            ["management"] = 0.4,
            ["is_hiring"] = true,
            ["seniority"] = "executive",
            ["skills"] = new System.Text.Json.Nodes.JsonArray("Robotics", "Go"),
            ["history"] = new System.Text.Json.Nodes.JsonObject { ["Example Robotics"] = 6 },
            ["since"] = "2020-03-01",
            ["x:fit"] = 8,
        });
        using var sixtyfour = emulator.CreateClient();
        var lead = Leads.Nadia;

        Enrichment<Profile> found = await sixtyfour.People.EnrichAsync<Profile>(lead, new() { FieldConfidence = true }, ct);

        Profile profile = found.Data;                                          // not found: null, or the default where null is not allowed
        profile.Should().BeEquivalentTo(new Profile
        {
            Title = "VP Engineering",
            Age = 41,
            Management = 0.4,
            IsHiring = true,
            Seniority = Seniority.Executive,
            Skills = ["Robotics", "Go"],
            History = new() { ["Example Robotics"] = 6 },
            Since = new(2020, 3, 1),
            Fit = 8,
        });
        double? overall = found.ConfidenceScore;                               // 0 to 10
        double? title = found[nameof(Profile.Title)].Confidence;               // 0 to 100, by C# name or JSON name
        overall.Should().Be(8.5);
        title.Should().BeInRange(60, 100);
        found["x:fit"].Confidence.Should().Be(found[nameof(Profile.Fit)].Confidence).And.NotBeNull();
        found.Missing.Should().BeEmpty();
        found.Issues.Should().ContainSingle().Which.Should().Match<FieldIssue>(issue => issue.Name == "age" && issue.Kind == FieldIssueKind.Repaired);
    }

    [Fact]
    public async Task The_properties_of_the_type_are_what_is_asked_for()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        using var sixtyfour = emulator.CreateClient();

        await sixtyfour.People.EnrichAsync<Profile>(Leads.Nadia, cancellationToken: ct);

        var fields = emulator.Requests[0].Body!.Value.GetProperty("struct");
        fields.EnumerateObject().Select(field => $"{field.Name}: {field.Value.GetProperty("type").GetString()}").Should().Equal(
            "title: str",
            "age: int", "management: float", "is_hiring: bool", "seniority: str", "skills: list[str]", "history: dict", "since: str", "x:fit: int");
        fields.GetProperty("is_hiring").GetProperty("description").GetString().Should().Be("Is the person hiring?");
    }

    [Fact]
    public async Task What_does_not_fit_the_type_is_an_issue_and_never_a_wrong_value()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        emulator.Answer("/people-intelligence", _ => new() { ["title"] = "VP Engineering", ["age"] = "about 40", ["since"] = "spring 2020" });
        using var sixtyfour = emulator.CreateClient();

        var found = await sixtyfour.People.EnrichAsync<Profile>(Leads.Nadia, cancellationToken: ct);

        found.Data.Age.Should().BeNull();
        found.Data.Since.Should().BeNull();
        found.Issues.Where(issue => issue.Kind is FieldIssueKind.Unreadable).Select(issue => issue.Name).Should().BeEquivalentTo("age", "since");
        found.StructuredData.GetProperty("age").GetString().Should().Be("about 40");
    }

    [Fact]
    public void An_archived_answer_reads_as_the_type_without_a_request()
    {
        var archivedJson = """{"structured_data":{"title":"VP Engineering","age":41},"confidence_score":8.5}""";

        Enrichment<Profile> again = Enrichment.Parse(archivedJson).ReadAs<Profile>();    // from your archive: nothing is sent

        again.Data.Title.Should().Be("VP Engineering");
        again.Data.Age.Should().Be(41);
    }
}
