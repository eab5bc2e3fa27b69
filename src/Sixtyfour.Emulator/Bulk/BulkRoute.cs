namespace Sixtyfour.Emulator.Bulk;

/// <summary>One of the two paths that take files.</summary>
/// <param name="Path">The path.</param>
/// <param name="TaskType">The service's word for the work; its spelling is not documented.</param>
/// <param name="StageName">What the stage that does the research is called.</param>
/// <param name="DataframeType">The service's word for what a row is.</param>
internal sealed record BulkRoute(string Path, string TaskType, string StageName, string DataframeType)
{
    private static readonly BulkRoute People = new("/bulk-intelligence/people", "bulk_people_intelligence", "lead_enrichment", "LEAD");
    private static readonly BulkRoute Companies = new("/bulk-intelligence/company", "bulk_company_intelligence", "company_enrichment", "COMPANY");

    public static BulkRoute? Find(string path) => path == People.Path ? People : path == Companies.Path ? Companies : null;
}
