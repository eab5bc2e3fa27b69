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

    /// <summary>The names of what is added to a row, in their order.</summary>
    public static IReadOnlyList<string> ColumnsOf(ResearchSettings settings)
    {
        var names = settings.Struct!.Value.EnumerateObject().Select(member => member.Name).Distinct(StringComparer.Ordinal);
        return settings.FieldConfidence ? [.. names, FieldConfidence] : [.. names];
    }

    /// <summary>What was found; null when the row cannot be enriched.</summary>
    public JsonObject? Find(string path, ResearchSettings settings, JsonElement row)
    {
        var request = new EnrichmentRequest(row, Person.From(row), settings.FieldsFor(row), settings.Tier, settings.FieldConfidence);
        if (!row.EnumerateObject().Any(cell => EnrichmentRequest.HasValue(cell.Value)) || IsPassedThrough(request.Subject))
        {
            return null;
        }

        var answer = answers.For(path, request);
        var found = (JsonObject)answer["structured_data"]!;
        answer.Remove("structured_data");
        if (settings.FieldConfidence)
        {
            found[FieldConfidence] = JsonText.ToNode(JsonText.ToElement(answer[FieldConfidence]!));
        }

        return found;
    }

    private bool IsPassedThrough(Subject subject) =>
        !subject.IsSample && Dice.For(options.Seed, "passed through", subject.Key).NextDouble() < options.PassThroughShare;
}
