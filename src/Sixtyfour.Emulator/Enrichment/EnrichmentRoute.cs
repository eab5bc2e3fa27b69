namespace Sixtyfour.Emulator.Enrichment;

/// <summary>One of the paths of people enrichment.</summary>
/// <param name="Path">The path of the synchronous form.</param>
/// <param name="TaskType">The service's word for the work; its spelling for people is not documented.</param>
/// <param name="SubmitStatus">The word that answers a start, as recorded from the service.</param>
/// <param name="BeginsPending">Whether polls say <c>pending</c> first.</param>
internal sealed record EnrichmentRoute(string Path, string TaskType, string SubmitStatus, bool BeginsPending)
{
    private static readonly EnrichmentRoute Lead = new("/enrich-lead", "enrich_lead", "pending", BeginsPending: true);
    private static readonly EnrichmentRoute People = new("/people-intelligence", "people_intelligence", "RUNNING", BeginsPending: false);

    public bool IsAsync { get; private init; }

    public static EnrichmentRoute? Find(string path) => path switch
    {
        "/enrich-lead" => Lead,
        "/enrich-lead-async" => Lead with { IsAsync = true },
        "/people-intelligence" => People,
        "/people-intelligence-async" => People with { IsAsync = true },
        _ => null,
    };
}
