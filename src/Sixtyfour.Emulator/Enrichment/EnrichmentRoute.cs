namespace Sixtyfour.Emulator.Enrichment;

/// <summary>One of the paths of enrichment.</summary>
/// <param name="Path">The path of the synchronous form.</param>
/// <param name="Form">What a body must be like.</param>
/// <param name="TaskType">The service's word for the work; only that for leads is documented.</param>
/// <param name="SubmitStatus">The word that answers a start, as recorded from the service.</param>
/// <param name="BeginsPending">Whether polls say <c>pending</c> first.</param>
internal sealed record EnrichmentRoute(string Path, RequestForm Form, string TaskType, string SubmitStatus, bool BeginsPending)
{
    private static readonly EnrichmentRoute Lead = new("/enrich-lead", RequestForm.Lead, "enrich_lead", "pending", BeginsPending: true);
    private static readonly EnrichmentRoute People = new("/people-intelligence", RequestForm.Lead, "people_intelligence", "RUNNING", BeginsPending: false);
    private static readonly EnrichmentRoute Company = new("/enrich-company", RequestForm.Company, "enrich_company", "pending", BeginsPending: true);
    private static readonly EnrichmentRoute Companies = new("/company-intelligence", RequestForm.Company, "company_intelligence", "RUNNING", BeginsPending: false);

    public bool IsAsync { get; private init; }

    public static EnrichmentRoute? Find(string path) => path switch
    {
        "/enrich-lead" => Lead,
        "/enrich-lead-async" => Lead with { IsAsync = true },
        "/people-intelligence" => People,
        "/people-intelligence-async" => People with { IsAsync = true },
        "/enrich-company" => Company,
        "/enrich-company-async" => Company with { IsAsync = true },
        "/company-intelligence" => Companies,
        "/company-intelligence-async" => Companies with { IsAsync = true },
        _ => null,
    };
}
