using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Server;

/// <summary>Reads the members of a body and collects what is wrong with them.</summary>
internal sealed class MemberReader
{
    private readonly JsonElement _body;
    private readonly List<ValidationProblem> _problems = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
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

    /// <summary>The members of the body that were not asked for.</summary>
    public IReadOnlyList<string> Unknown =>
        _isObject ? [.. _body.EnumerateObject().Select(member => member.Name).Where(name => !_asked.Contains(name)).Distinct()] : [];

    /// <summary>The refusal of what breaks the schema; null when nothing does.</summary>
    public Reply? Refusal => _problems.Count > 0 ? ValidationProblem.Answer(_problems) : null;

    public void Add(ValidationProblem problem) => _problems.Add(problem);

    public void AddIfAny(ValidationProblem? problem)
    {
        if (problem is not null)
        {
            Add(problem);
        }
    }

    /// <summary>Notes every member that was not asked for: the schema is closed.</summary>
    public void RefuseUnknown()
    {
        foreach (var name in Unknown)
        {
            Add(new("extra_forbidden", "Extra inputs are not permitted", _body.GetProperty(name), "body", name));
        }
    }

    public JsonElement? Required(string name, JsonValueKind kind)
    {
        if (!_isObject)
        {
            return null;
        }

        _asked.Add(name);
        if (!_body.TryGetProperty(name, out var value))
        {
            Add(ValidationProblem.Missing(name, _body));
            return null;
        }

        return OfKind(name, value, kind);
    }

    public JsonElement? Optional(string name, JsonValueKind kind) => Given(name) is { } value ? OfKind(name, value, kind) : null;

    /// <summary>A text of so many characters; null when it is not there.</summary>
    public string? OptionalText(string name, int least = 0, int most = int.MaxValue) =>
        Optional(name, JsonValueKind.String) is { } value && IsOfLength(name, value, least, most) ? value.GetString() : null;

    public string RequiredText(string name, int least = 0, int most = int.MaxValue) =>
        Required(name, JsonValueKind.String) is { } value && IsOfLength(name, value, least, most) ? value.GetString()! : "";

    /// <summary>One of the words; the first one when it is not there.</summary>
    public string Word(string name, IReadOnlyList<string> words) => OptionalWord(name, words) ?? words[0];

    public string? OptionalWord(string name, IReadOnlyList<string> words)
    {
        if (Optional(name, JsonValueKind.String) is not { } word || words.Contains(word.GetString(), StringComparer.Ordinal))
        {
            return OptionalTextOf(name);
        }

        var expected = $"{string.Join(", ", words.SkipLast(1).Select(Quoted))} or {Quoted(words[^1])}";
        Add(new("enum", $"Input should be {expected}", word, "body", name) { Context = new JsonObject { ["expected"] = expected } });
        return null;
    }

    public bool OptionalBool(string name, bool otherwise = false)
    {
        if (Given(name) is not { } value)
        {
            return otherwise;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.ValueKind is JsonValueKind.True;
        }

        Add(new("bool_type", "Input should be a valid boolean", value, "body", name));
        return otherwise;
    }

    public int RequiredInt(string name)
    {
        if (_isObject && !_body.TryGetProperty(name, out _))
        {
            Add(ValidationProblem.Missing(name, _body));
        }

        return OptionalInt(name) ?? 0;
    }

    /// <summary>Whether the member is there and not null.</summary>
    public bool Has(string name) => Given(name) is not null;

    /// <summary>The member, whatever it is; null when it is not there.</summary>
    public JsonElement? Any(string name) => Given(name);

    /// <summary>A whole number between two others; null when it is not there.</summary>
    public int? OptionalInt(string name, int least = int.MinValue, int most = int.MaxValue)
    {
        if (Given(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            Add(new("int_type", "Input should be a valid integer", value, "body", name));
            return null;
        }

        AddIfAny(number < least ? new("greater_than_equal", $"Input should be greater than or equal to {least}", value, "body", name)
            : number > most ? new("less_than_equal", $"Input should be less than or equal to {most}", value, "body", name)
            : null);
        return number;
    }

    /// <summary>An array whose items are all of one kind, and at most so many; empty when it is not there.</summary>
    public IReadOnlyList<JsonElement> OptionalItems(string name, JsonValueKind kind, int most = int.MaxValue) =>
        Items(name, Optional(name, JsonValueKind.Array), kind, most);

    /// <inheritdoc cref="OptionalItems"/>
    public IReadOnlyList<JsonElement> RequiredItems(string name, JsonValueKind kind, int most = int.MaxValue) =>
        Items(name, Required(name, JsonValueKind.Array), kind, most);

    public IReadOnlyList<string> OptionalTexts(string name, int most = int.MaxValue) =>
        [.. OptionalItems(name, JsonValueKind.String, most).Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)];

    private List<JsonElement> Items(string name, JsonElement? array, JsonValueKind kind, int most)
    {
        if (array is not { } given)
        {
            return [];
        }

        var items = given.EnumerateArray().ToList();
        foreach (var item in items.Where(item => item.ValueKind != kind).Take(1))
        {
            Add(WrongKind(name, item, kind));
        }

        if (items.Count > most)
        {
            Add(new("too_long", $"List should have at most {most} items after validation, not {items.Count}", JsonText.Null, "body", name)
            {
                Context = new JsonObject { ["field_type"] = "List", ["max_length"] = most, ["actual_length"] = items.Count },
            });
        }

        return items;
    }

    private JsonElement? Given(string name)
    {
        _asked.Add(name);
        return _isObject && _body.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
    }

    private string? OptionalTextOf(string name) => Given(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private bool IsOfLength(string name, JsonElement value, int least, int most)
    {
        var length = value.GetString()!.Length;
        if (length < least)
        {
            var context = new JsonObject { ["min_length"] = least };
            Add(new("string_too_short", $"String should have at least {least} characters", value, "body", name) { Context = context });
            return false;
        }

        if (length > most)
        {
            var context = new JsonObject { ["max_length"] = most };
            Add(new("string_too_long", $"String should have at most {most} characters", value, "body", name) { Context = context });
            return false;
        }

        return true;
    }

    private JsonElement? OfKind(string name, JsonElement value, JsonValueKind kind)
    {
        if (value.ValueKind == kind)
        {
            return value;
        }

        Add(WrongKind(name, value, kind));
        return null;
    }

    private static ValidationProblem WrongKind(string name, JsonElement value, JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => new("dict_type", "Input should be a valid dictionary", value, "body", name),
        JsonValueKind.Array => new("list_type", "Input should be a valid list", value, "body", name),
        _ => new("string_type", "Input should be a valid string", value, "body", name),
    };

    private static string Quoted(string word) => $"'{word}'";
}
