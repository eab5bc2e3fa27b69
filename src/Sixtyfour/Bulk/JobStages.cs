using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>The stages in a live status, in their order. What is not there or not a number is not made up.</summary>
internal static class JobStages
{
    public static IReadOnlyList<JobStage> Read(JsonElement answer) => answer.Member("blocks") is { ValueKind: JsonValueKind.Array } blocks
        ? [.. blocks.EnumerateArray().OrderBy(block => Number(block, "sequence_number") ?? long.MaxValue).Select(Stage)]
        : [];

    private static JobStage Stage(JsonElement block) => new()
    {
        Name = block.MemberText("block_name") ?? "",
        Status = new JobStatus(block.MemberText("status") ?? ""),
        Processed = Number(block, "processed_count") ?? 0,
        Total = Total(Number(block, "total_count")) ?? Total(Number(block, "estimated_total_count")),
    };

    // The default of the service, where it does not know.
    private static long? Total(long? count) => count is > 0 ? count : null;

    private static long? Number(JsonElement block, string name) =>
        block.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value >= 0 ? value : null;
}
