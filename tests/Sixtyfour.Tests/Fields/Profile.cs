using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Sixtyfour.Tests.Fields;

public enum Seniority
{
    Junior,
    Senior,
    VicePresident,
}

public sealed record Profile
{
    [Description("Current job title")]
    public string? Title { get; init; }

    [Description("Age in years")]
    public int? Age { get; init; }

    [Description("Share of time spent on management, 0 to 1")]
    public double? Management { get; init; }

    [Description("Is the person hiring?")]
    public bool? IsHiring { get; init; }

    [Description("How senior the role is")]
    public Seniority? Seniority { get; init; }

    [Description("Skills named in public profiles")]
    public IReadOnlyList<string> Skills { get; init; } = [];

    [Description("Employer to years spent there")]
    public Dictionary<string, int>? History { get; init; }

    [Description("Start of the current role")]
    public DateOnly? Since { get; init; }

    [Description("Role fit")]
    [JsonPropertyName("x:fit")]
    public int? Fit { get; init; }
}

public sealed record Engineer(
    [Description("Current job title")] string? Title,
    [Description("Total years of work experience")] int? YearsExperience);

public sealed record Demanding(string Name, int Age, List<string> Tags, string Country = "Nigeria")
{
    public required Seniority Level { get; init; }

    public string Source { get; set; } = "initial";
}

public sealed record Contact(string Name, int? Age);

public sealed record Team(List<Contact> Contacts, Contact? Lead, Dictionary<string, Contact>? ByRole);

public sealed record Initialized
{
    public string Source { get; init; } = "initial";

    public int Count { get; init; } = 5;

    public string? Maybe { get; init; } = "initial";

    public List<string> Tags { get; init; } = ["initial"];
}
