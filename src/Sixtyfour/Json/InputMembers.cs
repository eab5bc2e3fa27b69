using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Json;

/// <summary>The members of an input object under their wire names, in the order they were first set. A property and its wire name are one member.</summary>
internal sealed class InputMembers
{
    private static readonly JsonSerializerOptions s_snakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // Strings as they are, so that the usual lead of a few strings makes no JSON nodes; everything else as a JsonNode.
    private readonly List<KeyValuePair<string, object>> _members = [];

    /// <summary>The names of the members that are sent.</summary>
    public IEnumerable<string> Names => _members.Where(IsSent).Select(member => member.Key);

    public static InputMembers From(IEnumerable<KeyValuePair<string, string>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var members = new InputMembers();
        foreach (var column in columns)
        {
            members.SetNew(column.Key, string.IsNullOrWhiteSpace(column.Value) ? null : column.Value);
        }

        return members;
    }

    public static InputMembers From(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var members = new InputMembers();
        foreach (var member in json)
        {
            members.SetNew(member.Key, member.Value?.DeepClone());
        }

        return members;
    }

    public static InputMembers From<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(typeInfo);
        return FromNode(JsonSerializer.SerializeToNode(value, typeInfo), typeof(T));
    }

    [RequiresUnreferencedCode("Reads the properties of the object by reflection.")]
    [RequiresDynamicCode("Reads the properties of the object by reflection.")]
    public static InputMembers FromObject(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FromNode(JsonSerializer.SerializeToNode(value, value.GetType(), s_snakeCase), value.GetType());
    }

    public string? GetText(string name) => Find(name) switch
    {
        null => null,
        string text => text,
        var node => (node as JsonValue)?.TryGetValue(out string? text) == true ? text : ((JsonNode)node).ToJsonString(),
    };

    public JsonNode? GetNode(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Find(name) is string text ? JsonValue.Create(text) : (JsonNode?)Find(name);
    }

    public void Set(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var index = IndexOf(name);
        if (index >= 0 && value is null)
        {
            _members.RemoveAt(index);
        }
        else if (index >= 0)
        {
            _members[index] = new(name, value!);
        }
        else if (value is not null)
        {
            _members.Add(new(name, value));
        }
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var member in _members.Where(IsSent))
        {
            writer.WritePropertyName(member.Key);
            if (member.Value is string text)
            {
                writer.WriteStringValue(text);
            }
            else
            {
                ((JsonNode)member.Value).WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    // The service answers null and blank members with 422.
    private static bool IsSent(KeyValuePair<string, object> member) => member.Value switch
    {
        string text => !string.IsNullOrWhiteSpace(text),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.Null => false,
            JsonValueKind.String => !string.IsNullOrWhiteSpace(value.TryGetValue(out string? text) ? text : "x"),
            _ => true,
        },
        _ => true,
    };

    private static InputMembers FromNode(JsonNode? value, Type type) => value is JsonObject json
        ? From(json)
        : throw new ArgumentException($"{TypeName.Of(type)} is not serialized as a JSON object, so it has no members to send.", nameof(value));

    private void SetNew(string name, object? value)
    {
        if (value is null)
        {
            return;
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Find(name) is not null)
        {
            throw new ArgumentException($"There are two columns '{name}'.", nameof(name));
        }

        Set(name, value);
    }

    private object? Find(string name)
    {
        var index = IndexOf(name);
        return index < 0 ? null : _members[index].Value;
    }

    private int IndexOf(string name) => _members.FindIndex(member => string.Equals(member.Key, name, StringComparison.Ordinal));
}
