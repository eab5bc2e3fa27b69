namespace Sixtyfour.Emulator.Enrichment;

/// <summary>One of the paths of enrichment.</summary>
/// <param name="Path">The path of the synchronous form.</param>
/// <param name="Form">What a body must be like.</param>
/// <param name="TaskType">The service's word for the work; only that for leads is documented.</param>
/// <param name="SubmitStatus">The word that answers a start, as recorded from the service.</param>
/// <param name="IsListed">
/// Whether the contract of autumn 2026 lists the path: polls never say <c>pending</c>, and a start names the members it did not know.
/// </param>
internal sealed record EnrichmentRoute(string Path, RequestForm Form, string TaskType, string SubmitStatus, bool IsListed)
{
    private static readonly EnrichmentRoute Lead = new("/enrich-lead", RequestForm.Lead, "enrich_lead", "pending", IsListed: false);
    private static readonly EnrichmentRoute People = new("/people-intelligence", RequestForm.Lead, "people_intelligence", "RUNNING", IsListed: true);
    private static readonly EnrichmentRoute Company = new("/enrich-company", RequestForm.Company, "enrich_company", "pending", IsListed: false);
    private static readonly EnrichmentRoute Companies = new("/company-intelligence", RequestForm.Company, "company_intelligence", "RUNNING", IsListed: true);

    public static IEnumerable<EnrichmentRoute> All =>
        new[] { Lead, People, Company, Companies }.SelectMany(route => new[] { route, route with { IsAsync = true } });

    public bool IsAsync { get; private init; }

    /// <summary>The path with its <c>-async</c>.</summary>
    public string FullPath => IsAsync ? Path + "-async" : Path;

    public bool BeginsPending => !IsListed;

    public bool NamesUnknownMembers => IsListed && IsAsync;

    /// <summary>Whether a <c>dispatch_id</c> makes a start happen once; the contract says so of the listed path only.</summary>
    public bool HonorsDispatchIds(EmulatorOptions options) => IsAsync && Form == RequestForm.Lead && (IsListed || options.LeadsHonorDispatchIds);
}
