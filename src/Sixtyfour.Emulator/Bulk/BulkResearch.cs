using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Finds out about one row.</summary>
internal sealed class BulkResearch(AnswerBook answers, EmulatorOptions options)
{
    private const string FieldConfidence = "field_confidence";
    private const string Leads = "leads";

    /// <summary>The names of what a block adds to a row, in their order.</summary>
    public static IReadOnlyList<string> ColumnsOf(PipelineBlock block)
    {
        var names = block.Research?.Struct is { } wanted ? wanted.EnumerateObject().Select(member => member.Name).Distinct(StringComparer.Ordinal) : [];
        return [.. names, .. block.People is null ? [] : new[] { Leads }, .. block.Research is { FieldConfidence: true } ? new[] { FieldConfidence } : []];
    }

    /// <summary>What was found; null when the row cannot be enriched, or the block does no research.</summary>
    public JsonObject? Find(string path, PipelineBlock block, JsonElement row)
    {
        if (block.Research is not { } research)
        {
            return null;
        }

        var request = new EnrichmentRequest(row, block.SubjectOf(row), research.FieldsFor(row), research.Tier, research.FieldConfidence)
        {
            People = block.People,
        };
        if (!row.EnumerateObject().Any(cell => EnrichmentRequest.HasValue(cell.Value)) || IsPassedThrough(request.Subject))
        {
            return null;
        }

        var answer = answers.For(path, request);
        var found = (JsonObject)answer["structured_data"]!;
        answer.Remove("structured_data");
        if (research.FieldConfidence)
        {
            found[FieldConfidence] = JsonText.ToNode(JsonText.ToElement(answer[FieldConfidence]!));
        }

        return found;
    }

    private bool IsPassedThrough(Subject subject) =>
        !subject.IsSample && Dice.For(options.Seed, "passed through", subject.Key).NextDouble() < options.PassThroughShare;
}
