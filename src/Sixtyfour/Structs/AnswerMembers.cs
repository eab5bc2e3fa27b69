using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>The members of an answer, taken one by one. What is not taken, or has a shape nobody expects, is left over and so never lost.</summary>
internal sealed class AnswerMembers
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    public AnswerMembers(JsonElement answer)
    {
        foreach (var member in answer.Members())
        {
            _members[member.Key] = member.Value;
        }
    }

    public JsonElement Take(string name)
    {
        var value = Peek(name);
        _members.Remove(name);
        return value;
    }

    public string? TakeText(string name)
    {
        var text = Peek(name).TryGetText(out var found) ? found : null;
        return Taken(name, text is not null, text);
    }

    public double? TakeNumber(string name)
    {
        var number = NumberReading.Read(Peek(name));
        return Taken(name, number is not null, number);
    }

    public decimal? TakeAmount(string name)
    {
        var amount = NumberReading.TryRead(Peek(name), out var text) ? NumberReading.ToDecimal(text) : null;
        return Taken(name, amount is not null, amount);
    }

    public IReadOnlyDictionary<string, double?> TakeNumbers(string name)
    {
        var value = Peek(name);
        var numbers = new Dictionary<string, double?>(StringComparer.Ordinal);
        var fits = value.ValueKind is JsonValueKind.Object;
        foreach (var member in value.Members())
        {
            var number = NumberReading.Read(member.Value);
            fits &= number is not null || member.Value.IsNothing();
            numbers[member.Key] = number;
        }

        return Taken(name, fits, numbers);
    }

    /// <summary>Every response sample has an object of address and description; a list of objects or addresses is read, too.</summary>
    public IReadOnlyList<Reference> TakeReferences(string name)
    {
        var value = Peek(name);
        var references = value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray().Select(ToReference).ToList()
            : value.Members().Select(member => (Reference?)new Reference(member.Key, TextReading.Read(member.Value))).ToList();
        var fits = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && !references.Contains(null);
        return Taken(name, fits, references.OfType<Reference>().ToList());
    }

    public IReadOnlyDictionary<string, JsonElement> Rest()
    {
        // Announced for removal, and always empty since 2025.
        if (Peek("findings") is var findings && (findings.IsNothing() || findings.IsEmptyList()))
        {
            _members.Remove("findings");
        }

        return _members;
    }

    private static Reference? ToReference(JsonElement item)
    {
        if (item.TryGetText(out var url))
        {
            return new Reference(url, null);
        }

        var members = new StructMembers(item, _ => false);
        return members.Find("url").TryGetText(out url) ? new Reference(url, TextReading.Read(members.Find("description"))) : null;
    }

    private JsonElement Peek(string name) => _members.TryGetValue(name, out var value) ? value : default;

    private T Taken<T>(string name, bool fits, T value)
    {
        if (fits || Peek(name).IsNothing())
        {
            _members.Remove(name);
        }

        return value;
    }
}
