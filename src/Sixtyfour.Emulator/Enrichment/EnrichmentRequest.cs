using System.Text.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>A valid request of <c>/enrich-lead</c> or <c>/people-intelligence</c>.</summary>
/// <param name="Lead">What is known of the person.</param>
/// <param name="Fields">What is asked for.</param>
/// <param name="Tier">How much research.</param>
/// <param name="FieldConfidence">Whether a confidence per field was asked for.</param>
internal sealed record EnrichmentRequest(JsonElement Lead, IReadOnlyList<WantedField> Fields, Tier Tier, bool FieldConfidence)
{
    /// <summary>Where the end of the job is reported.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>The member of the lead with this name, when it has a value.</summary>
    public static JsonElement? ValueOf(JsonElement lead, string name) => lead.TryGetProperty(name, out var value) && HasValue(value) ? value : null;

    public static bool HasValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.String => !string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    /// <summary>The first of these members of the lead that holds a text.</summary>
    public string? Known(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (ValueOf(Lead, name) is { ValueKind: JsonValueKind.String } value)
            {
                return value.GetString();
            }
        }

        return null;
    }
}
