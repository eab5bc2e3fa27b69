using System.Text.Json;
using Sixtyfour;

namespace BulkCsv;

/// <summary>What to find out about each row: a JSON object of names, each with a description or with <c>description</c> and <c>type</c>.</summary>
internal static class StructFile
{
    private const long MostBytes = 300_000;    // the service takes no longer configuration

    /// <exception cref="FormatException">The sentence to show.</exception>
    public static async Task<EnrichmentStruct> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        if (file.Length > MostBytes)
        {
            throw new FormatException($"{path} has {file.Length} bytes: a struct has {MostBytes} at most.");
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException)
        {
            throw new FormatException($"{path} is not a struct: {Words.Of(e)}", e);
        }
    }

    private static EnrichmentStruct Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || !json.EnumerateObject().Any())
        {
            throw new FormatException("it must be a JSON object that names at least one field.");
        }

        var fields = new EnrichmentStruct();
        foreach (var member in json.EnumerateObject())
        {
            fields.Add(member.Name, Field(member));
        }

        return fields;
    }

    private static StructField Field(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString()!,
        JsonValueKind.Object => new StructField(Text(member, "description"), Text(member, "type") is { } type ? new FieldType(type) : null),
        _ => throw Unclear(member),
    };

    private static string? Text(JsonProperty member, string name)
    {
        if (!member.Value.EnumerateObject().All(part => part is { Name: "description" or "type", Value.ValueKind: JsonValueKind.String }))
        {
            throw Unclear(member);
        }

        return member.Value.TryGetProperty(name, out var text) ? text.GetString() : null;
    }

    private static FormatException Unclear(JsonProperty member) =>
        new($"'{member.Name}' must be a description, or an object of a description and a type such as \"int\".");
}
