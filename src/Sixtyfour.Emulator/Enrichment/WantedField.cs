using System.Text.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>One member of <c>struct</c>: what to look for, and the type to answer it in.</summary>
/// <param name="Name">The name, never changed.</param>
/// <param name="Description">What to look for; empty when only a type or an example was given.</param>
/// <param name="Type">The type by the priority rules.</param>
/// <param name="Input">The member of the input with the same name, when it has a value.</param>
internal sealed record WantedField(string Name, string Description, WantedType Type, JsonElement? Input)
{
    /// <summary>Reads the five forms: a description, an object with description, with type, with both, and an example value.</summary>
    public static WantedField From(string name, JsonElement entry, JsonElement? input)
    {
        string? description = null, type = null;
        JsonElement? example = null;
        switch (entry.ValueKind)
        {
            case JsonValueKind.String:
                description = entry.GetString();
                break;
            case JsonValueKind.Object:
                description = Text(entry, "description");
                type = Text(entry, "type");
                break;
            default:
                example = entry;
                break;
        }

        return new(name, description ?? "", WantedTypes.Resolve(type, input, example), input);
    }

    /// <summary>The members of a <c>struct</c>. Of members with the same name the last one counts.</summary>
    public static IReadOnlyList<WantedField> All(JsonElement members, JsonElement input)
    {
        var fields = new Dictionary<string, WantedField>(StringComparer.Ordinal);
        foreach (var member in members.EnumerateObject())
        {
            fields[member.Name] = From(member.Name, member.Value, EnrichmentRequest.ValueOf(input, member.Name));
        }

        return [.. fields.Values];
    }

    private static string? Text(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
