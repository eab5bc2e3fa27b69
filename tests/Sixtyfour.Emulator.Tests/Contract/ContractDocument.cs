using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sixtyfour.Emulator.Tests.Contract;

/// <summary>The contract's declarations of answers, and whether a value keeps to them.</summary>
internal sealed class ContractDocument
{
    private static readonly Lazy<ContractDocument> OnlyOne = new(
        () => new(JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "contract.json")))!.AsObject()));

    private readonly JsonObject _operations;
    private readonly JsonObject _schemas;

    private ContractDocument(JsonObject document) => (_operations, _schemas) = (document["operations"]!.AsObject(), document["schemas"]!.AsObject());

    public static ContractDocument Instance => OnlyOne.Value;

    public IEnumerable<string> Operations => _operations.Select(operation => operation.Key);

    /// <summary>What is wrong with an answer; empty when it keeps to the contract.</summary>
    public IReadOnlyList<string> Problems(string operation, int status, JsonNode? body) =>
        _operations[operation] is not JsonObject responses ? [$"{operation} is not in the contract"]
        : responses[$"{status}"] is not { } type ? [$"{operation} declares no {status}"]
        : Problems((string)type!, body);

    public IReadOnlyList<string> Problems(string type, JsonNode? value)
    {
        var problems = new List<string>();
        CheckType(value, type, "$", problems);
        return problems;
    }

    private void CheckType(JsonNode? value, string type, string path, List<string> problems)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            Check(value, new JsonObject { ["type"] = "array", ["items"] = new JsonObject { [_schemas.ContainsKey(type[..^2]) ? "ref" : "type"] = type[..^2] } },
                path, problems);
        }
        else if (_schemas[type] is JsonObject schema)
        {
            CheckObject(value, schema, path, problems);
        }
        else if (type != "any")
        {
            Check(value, new JsonObject { ["type"] = type.StartsWith("map<", StringComparison.Ordinal) ? "object" : type }, path, problems);
        }
    }

    private void CheckObject(JsonNode? value, JsonObject schema, string path, List<string> problems)
    {
        if (schema["oneOf"] is JsonArray alternatives)
        {
            var tries = alternatives.Select(
                alternative => (Name: (string)alternative!, Found: Found(found => CheckType(value, (string)alternative!, path, found)))).ToList();
            if (tries.TrueForAll(each => each.Found.Count > 0))
            {
                problems.AddRange(tries.Select(each => $"{each.Name}: {string.Join("; ", each.Found)}"));
            }

            return;
        }

        if (value is not JsonObject given)
        {
            problems.Add($"{path}: not an object");
            return;
        }

        foreach (var (name, declared) in schema["members"]!.AsObject())
        {
            if (given.TryGetPropertyValue(name, out var member))
            {
                Check(member, declared!.AsObject(), $"{path}.{name}", problems);
            }
            else if (declared!["required"]?.GetValue<bool>() is true)
            {
                problems.Add($"{path}.{name}: missing");
            }
        }
    }

    private void Check(JsonNode? value, JsonObject declared, string path, List<string> problems)
    {
        if (value is null)
        {
            if (declared["nullable"]?.GetValue<bool>() is not true && (string?)declared["type"] != "any")
            {
                problems.Add($"{path}: null");
            }

            return;
        }

        if (declared["ref"] is { } reference)
        {
            CheckType(value, (string)reference!, path, problems);
        }
        else if (declared["anyOf"] is JsonArray alternatives)
        {
            if (alternatives.All(alternative => Found(found => CheckType(value, (string)alternative!, path, found)).Count > 0))
            {
                problems.Add($"{path}: fits none of {alternatives.ToJsonString()}");
            }
        }
        else if ((string?)declared["type"] is { } type && type != "any")
        {
            CheckValue(value, type, declared, path, problems);
        }
    }

    private void CheckValue(JsonNode value, string type, JsonObject declared, string path, List<string> problems)
    {
        var kind = value.GetValueKind().ToString();
        var text = kind == "String" ? (string)value! : null;
        var fits = type switch
        {
            "string" => kind == "String",
            "integer" => kind == "Number" && !value.ToJsonString().AsSpan().ContainsAny('.', 'e'),
            "number" => kind == "Number",
            "boolean" => kind is "True" or "False",
            "array" => kind == "Array",
            _ => kind == "Object",
        };
        if (!fits)
        {
            problems.Add($"{path}: {kind}, wanted {type}");
            return;
        }

        if (declared["const"] is { } only && !JsonNode.DeepEquals(only, value))
        {
            problems.Add($"{path}: {value.ToJsonString()}, wanted {only.ToJsonString()}");
        }

        if (declared["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            problems.Add($"{path}: {value.ToJsonString()} is none of {words.ToJsonString()}");
        }

        if (declared["pattern"] is { } pattern && text is not null && !Regex.IsMatch(text, (string)pattern!))
        {
            problems.Add($"{path}: does not match {pattern}");
        }

        if (value is JsonArray items && declared["items"] is JsonObject item)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Check(items[i], item, $"{path}[{i}]", problems);
            }
        }

        if (value is JsonObject members && declared["additionalProperties"] is JsonObject each)
        {
            foreach (var (name, member) in members)
            {
                Check(member, each, $"{path}.{name}", problems);
            }
        }
    }

    private static List<string> Found(Action<List<string>> check)
    {
        var found = new List<string>();
        check(found);
        return found;
    }
}
