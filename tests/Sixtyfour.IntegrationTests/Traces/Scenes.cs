using System.Globalization;
using System.Text.Json;

namespace Sixtyfour.IntegrationTests.Traces;

/// <summary>The calls that are recorded, by chapter. All that the traces know of the public API is here.</summary>
internal static partial class Scenes
{
    public static IReadOnlyDictionary<string, IReadOnlyList<Scene>> Chapters { get; } = new Dictionary<string, IReadOnlyList<Scene>>(StringComparer.Ordinal)
    {
        ["leads"] = [.. Leads],
        ["people"] = [.. People],
        ["companies"] = [.. Companies],
        ["many"] = [.. Many],
        ["call-failures"] = [
            .. Failures("call", isStart: false, async (client, ct) => Told(await client.Leads.EnrichAsync(Lead(), Fields(), cancellationToken: ct)))],
        ["start-failures"] = [
            .. Failures("start", isStart: true, async (client, ct) => (await client.Leads.StartAsync(Lead(), Fields(), cancellationToken: ct)).Id)],
        ["jobs"] = [.. Jobs],
        ["bulk"] = [.. Bulk],
        ["bulk-files"] = [.. BulkFiles],
        ["raw"] = [.. Raw],
    };

    private static LeadInfo Lead() => new() { Name = "Nadia Okafor", Company = "Example Robotics" };

    private static CompanyInfo Company() => new() { Name = "Example Robotics", Website = "https://example.com" };

    private static EnrichmentStruct Fields() => new() { ["title"] = "Current job title", ["age"] = StructField.Int("Age in years") };

    private static Answer Ok(string body) => new(200, body);

    private static Answer Fails(int status) =>
        new(status, $$"""{"error":"Error {{status}}","message":"The service says {{status}}"}""") { Headers = [("x-request-id", "req-1")] };

    private static string Told(Enrichment found) => string.Create(
        CultureInfo.InvariantCulture,
        $"{found.GetType().Name} {Text(found.StructuredData)}, notes '{found.Notes}', {found.References.Count} references, confidence {found.ConfidenceScore}, "
            + $"by field {found.FieldConfidence.Count}, missing [{string.Join(", ", found.Missing)}], charged {found.ChargeCents}, job {found.JobId}, "
            + $"more [{string.Join(", ", found.AdditionalProperties.Keys)}]");

    private static string Told<T>(Enrichment<T> found) =>
        $"{Told((Enrichment)found)}, data {found.Data}, issues [{string.Join(", ", found.Issues.Select(issue => $"{issue.Name} {issue.Kind}"))}]";

    private static string Told(JobSnapshot seen) => string.Create(
        CultureInfo.InvariantCulture,
        $"{seen.JobId} {seen.Status}, {seen.TaskType}, {seen.CompletedItems} of {seen.TotalItems}, charged {seen.ChargeCents}, error '{seen.Error}', "
            + $"started {seen.StartedAt:O}, finished {seen.FinishedAt:O}");

    private static string Text(JsonElement json) => json.ValueKind is JsonValueKind.Undefined ? "nothing" : json.GetRawText();

    private sealed record Person(string? Title, int? Age);

    private sealed record CompanyFacts(int? Headcount, bool? IsHiring);

    private sealed record Contact(string? Name, string? Title);
}
