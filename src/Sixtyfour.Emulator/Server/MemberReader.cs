using System.Text.Json;

namespace Sixtyfour.Emulator.Server;

/// <summary>Reads the members of a body and collects what is wrong with them.</summary>
internal sealed class MemberReader
{
    private readonly JsonElement _body;
    private readonly List<ValidationProblem> _problems = [];
    private readonly bool _isObject;

    public MemberReader(JsonElement body)
    {
        _body = body;
        _isObject = body.ValueKind is JsonValueKind.Object;
        if (!_isObject)
        {
            Add(new("model_attributes_type", "Input should be a valid dictionary or object to extract fields from", body, "body"));
        }
    }

    public IReadOnlyList<ValidationProblem> Problems => _problems;

    public void Add(ValidationProblem problem) => _problems.Add(problem);

    public void AddIfAny(ValidationProblem? problem)
    {
        if (problem is not null)
        {
            Add(problem);
        }
    }

    public JsonElement? Required(string name, JsonValueKind kind)
    {
        if (!_isObject)
        {
            return null;
        }

        if (!_body.TryGetProperty(name, out var value))
        {
            Add(ValidationProblem.Missing(name, _body));
            return null;
        }

        return OfKind(name, value, kind);
    }

    public JsonElement? Optional(string name, JsonValueKind kind) =>
        _isObject && _body.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? OfKind(name, value, kind) : null;

    public bool OptionalBool(string name)
    {
        if (!_isObject || !_body.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False)
        {
            return false;
        }

        if (value.ValueKind is JsonValueKind.True)
        {
            return true;
        }

        Add(new("bool_type", "Input should be a valid boolean", value, "body", name));
        return false;
    }

    private JsonElement? OfKind(string name, JsonElement value, JsonValueKind kind)
    {
        if (value.ValueKind == kind)
        {
            return value;
        }

        Add(kind is JsonValueKind.Object
            ? new("dict_type", "Input should be a valid dictionary", value, "body", name)
            : new("string_type", "Input should be a valid string", value, "body", name));
        return null;
    }
}
