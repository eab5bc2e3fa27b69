using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Reads the list of files in the status of a finished job (vendor's bulk page and workflow file entries). Every member is optional.</summary>
internal static class BulkFileEntries
{
    public static IReadOnlyList<BulkFileEntry> Read(JobSnapshot finished)
    {
        var results = finished.Raw.Member("results");
        results = results.ValueKind is JsonValueKind.Array ? results : finished.Raw.Member("result");
        return results.ValueKind is JsonValueKind.Array
            ? [.. results.EnumerateArray().Where(entry => entry.ValueKind is JsonValueKind.Object).Select(Entry)]
            : [];
    }

    private static BulkFileEntry Entry(JsonElement entry, int index) => new()
    {
        FileName = entry.MemberText("filename") ?? $"file {index + 1}",
        BlockNumber = (int?)Number(entry, "block_number", int.MinValue, int.MaxValue),
        // The service's default is 0, so 0 says nothing.
        RowCount = Number(entry, "row_count", 1, long.MaxValue),
        Size = Number(entry, "file_size", 1, long.MaxValue),
        Message = entry.MemberText("message"),
        MediaType = entry.MemberText("content_type"),
        Link = entry.MemberText("download_url") ?? entry.MemberText("url"),
        LinkLifetime = Number(entry, "download_expires_in_seconds", 1, int.MaxValue) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Preview = entry.Member("results"),
    };

    private static long? Number(JsonElement entry, string name, long least, long most) =>
        RowId.TryRead(entry.Member(name), out var number) && number >= least && number <= most ? number : null;
}
