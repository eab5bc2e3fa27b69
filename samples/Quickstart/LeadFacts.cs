using System.ComponentModel;

namespace Quickstart;

/// <summary>What to find out about a person: the type is the question and the answer.</summary>
internal sealed record LeadFacts(
    [Description("Current job title")] string? Title,
    [Description("Total years of work experience")] int? YearsExperience,
    [Description("City where the person works")] string? Location,
    [Description("Skills named in public profiles")] IReadOnlyList<string>? Skills);
