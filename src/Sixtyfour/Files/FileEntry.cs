using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>A file in the status of its job.</summary>
internal sealed record FileEntry
{
    public string FileName { get; init; } = "";

    public int? BlockNumber { get; init; }

    public long? RowCount { get; init; }

    public long? Size { get; init; }

    public string? Message { get; init; }

    public string? MediaType { get; init; }

    /// <summary>A signed address: its query is a secret.</summary>
    public string? Link { get; init; }

    public TimeSpan? LinkLifetime { get; init; }

    public JsonElement Preview { get; init; }

    /// <summary>Whether the rows in the status are all rows of the file.</summary>
    public bool HasWholePreview => Preview.ValueKind is JsonValueKind.Array && Preview.GetArrayLength() == RowCount;

    /// <summary>Reads the list of files in the status of a finished job (vendor's bulk page and workflow file entries). Every member is optional.</summary>
    public static IReadOnlyList<FileEntry> ReadAll(JsonElement status)
    {
        var results = status.Member("results");
        results = results.ValueKind is JsonValueKind.Array ? results : status.Member("result");
        return results.ValueKind is JsonValueKind.Array
            ? [.. results.EnumerateArray().Where(entry => entry.ValueKind is JsonValueKind.Object).Select(Read)]
            : [];
    }

    /// <summary>Never the link.</summary>
    public override string ToString() => FileName;

    private static FileEntry Read(JsonElement entry, int index) => new()
    {
        FileName = entry.MemberText("filename") ?? $"file {index + 1}",
        BlockNumber = (int?)Number(entry, "block_number", int.MinValue, int.MaxValue),
        // The service's default is 0, so 0 means unknown.
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
