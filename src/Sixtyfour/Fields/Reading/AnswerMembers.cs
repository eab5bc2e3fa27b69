using System.Runtime.InteropServices;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields.Reading;

/// <summary>The members of an answer, taken one by one. What is not taken, or has an unexpected shape, is left over and so never lost.</summary>
internal sealed class AnswerMembers
{
    private static readonly string[] s_known =
        ["structured_data", "notes", "findings", "references", "confidence_score", "field_confidence", "charge_amount"];

    private readonly JsonElement[] _values = new JsonElement[s_known.Length];
    private Dictionary<string, JsonElement>? _rest;

    public AnswerMembers(JsonElement answer)
    {
        foreach (var member in answer.EnumerateObject())
        {
            Add(member);
        }
    }

    public JsonElement Take(string name)
    {
        ref var value = ref Find(name);
        var taken = value;
        value = default;
        return taken;
    }

    public string? TakeText(string name)
    {
        var text = Find(name).TryGetText(out var found) ? found : null;
        return Taken(name, text is not null, text);
    }

    public double? TakeNumber(string name)
    {
        var number = NumberReading.Read(Find(name));
        return Taken(name, number is not null, number);
    }

    public decimal? TakeAmount(string name)
    {
        var amount = NumberReading.TryRead(Find(name), out var text) ? NumberReading.ToDecimal(text) : null;
        return Taken(name, amount is not null, amount);
    }

    public IReadOnlyDictionary<string, double?> TakeNumbers(string name)
    {
        var value = Find(name);
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return Taken(name, fits: false, MissingValues.NoNumbers);
        }

        var (numbers, fits) = (new Dictionary<string, double?>(StringComparer.Ordinal), true);
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
        var value = Find(name);
        var (references, fits) = (new List<Reference>(), value.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
        foreach (var member in value.Members())
        {
            references.Add(new Reference(member.Key, ScalarReading.Text(member.Value)));
        }

        foreach (var item in value.Items())
        {
            fits &= TryAddReference(item, references);
        }

        return Taken(name, fits, references);
    }

    /// <summary>What is left.</summary>
    public IReadOnlyDictionary<string, JsonElement> Rest()
    {
        // Announced for removal, and always empty since 2025.
        ref var findings = ref Find("findings");
        if (findings.IsEmptyList())
        {
            findings = default;
        }

        for (var i = 0; i < s_known.Length; i++)
        {
            if (!_values[i].IsNothing())
            {
                (_rest ??= new(StringComparer.Ordinal))[s_known[i]] = _values[i];
            }
        }

        return _rest ?? MissingValues.NoMembers;
    }

    private static bool TryAddReference(JsonElement item, List<Reference> references)
    {
        var members = new StructMembers(item);
        var isReference = item.TryGetText(out var url) || members.Find("url").TryGetText(out url);
        if (isReference)
        {
            references.Add(new Reference(url!, ScalarReading.Text(members.Find("description"))));
        }

        return isReference;
    }

    private void Add(JsonProperty member)
    {
        var known = IndexOf(member);
        if (known >= 0)
        {
            _values[known] = member.Value;
        }
        else if (member.TryGetName(out var name))
        {
            (_rest ??= new(StringComparer.Ordinal))[name] = member.Value;
        }
    }

    // By bytes, because an answer has the same few names every time; a name with escapes counts as another one.
    private static int IndexOf(JsonProperty member)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        return name.SequenceEqual("structured_data"u8) ? 0
            : name.SequenceEqual("notes"u8) ? 1
            : name.SequenceEqual("findings"u8) ? 2
            : name.SequenceEqual("references"u8) ? 3
            : name.SequenceEqual("confidence_score"u8) ? 4
            : name.SequenceEqual("field_confidence"u8) ? 5
            : name.SequenceEqual("charge_amount"u8) ? 6
            : -1;
    }

    private ref JsonElement Find(string name) => ref _values[Array.IndexOf(s_known, name)];

    private T Taken<T>(string name, bool fits, T value)
    {
        if (fits)
        {
            Find(name) = default;
        }

        return value;
    }
}
