using System.Text.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>A valid request for research.</summary>
/// <param name="Input">What is known already.</param>
/// <param name="Subject">Whom or what it is about.</param>
/// <param name="Fields">What is asked for.</param>
/// <param name="Tier">How much research.</param>
/// <param name="FieldConfidence">Whether a confidence per field was asked for.</param>
internal sealed record EnrichmentRequest(JsonElement Input, Subject Subject, IReadOnlyList<WantedField> Fields, string Tier, bool FieldConfidence)
{
    /// <summary>Where the end of the job is reported.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>The key under which a start happens once; null when none was given.</summary>
    public string? DispatchId { get; init; }

    /// <summary>What only the largest tier minds; null for companies.</summary>
    public Atlas? Atlas { get; init; }

    /// <summary>The members of the body that the service does not know.</summary>
    public IReadOnlyList<string> UnknownMembers { get; init; } = [];

    /// <summary>The people asked for; null when none are.</summary>
    public PeopleSearch? People { get; init; }

    /// <summary>The member of the input with this name, when it has a value.</summary>
    public static JsonElement? ValueOf(JsonElement input, string name) => input.TryGetProperty(name, out var value) && HasValue(value) ? value : null;

    public static bool HasValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.String => !string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };
}
