using System.Text.Json;
using Sixtyfour.Emulator.Enrichment;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>One of the two paths that take files.</summary>
/// <param name="Path">The path.</param>
/// <param name="TaskType">The service's word for the work; its spelling is not documented.</param>
/// <param name="StageName">What the stage that does the research is called.</param>
/// <param name="DataframeType">The service's word for what a row is.</param>
/// <param name="Tiers">The tiers there are.</param>
/// <param name="IsAboutCompanies">Whether rows are companies: <c>struct</c> is needed, and people can be asked for.</param>
/// <param name="SubjectOf">Whom or what a row is about.</param>
internal sealed record BulkRoute(
    string Path, string TaskType, string StageName, string DataframeType,
    IReadOnlyList<string> Tiers, bool IsAboutCompanies, Func<JsonElement, Subject> SubjectOf)
{
    private static readonly BulkRoute People = new(
        "/bulk-intelligence/people", "bulk_people_intelligence", "lead_enrichment", "LEAD",
        ResearchSettings.PeopleTiers, IsAboutCompanies: false, Person.From);

    private static readonly BulkRoute Companies = new(
        "/bulk-intelligence/company", "bulk_company_intelligence", "company_enrichment", "COMPANY",
        ResearchSettings.CompanyTiers, IsAboutCompanies: true, Company.From);

    public static IReadOnlyList<BulkRoute> All => [People, Companies];

    public static BulkRoute? Find(string path) => All.FirstOrDefault(route => route.Path == path);

    /// <summary>The two stages: the file is read, its rows are researched.</summary>
    public Pipeline PipelineFor(ResearchSettings research, PeopleSearch? people) => new(Path, TaskType, DataframeType,
    [
        new("read_file", "input"),
        new(StageName, "enriched") { Research = research, People = people, SubjectOf = SubjectOf },
    ]);
}
