namespace Sixtyfour.AspNetCore.Tests.Support;

internal static class Bodies
{
    public static string Done(string jobId = "job-1") =>
        $$"""{ "task_id": "{{jobId}}", "status": "completed", "task_type": "enrich_lead", "result": { "structured_data": { "name": "Nadia Okafor","""
            + $$""" "title": "VP Engineering" } } }""";

    public static string Failed(string jobId = "job-1") =>
        $$"""{ "task_id": "{{jobId}}", "status": "failed", "task_type": "enrich_lead", "error": "Research could not be completed" }""";
}
