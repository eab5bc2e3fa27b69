using System.Runtime.InteropServices;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>The members of an answer, taken one by one. Members that are not taken, or have an unexpected shape, are left over and so never lost.</summary>
internal sealed class AnswerMembers
{
    private const int MaxLevels = 4;

    private static readonly string[] s_wrappers = ["result", "data"];
    private static readonly string[] s_errors = ["error", "errors", "error_message"];
    private static readonly string[] s_failures = [.. s_errors, "detail"];

    private static readonly string[] s_known =
        ["structured_data", "notes", "findings", "references", "confidence_score", "field_confidence", "charge_amount", "cost_cents"];

    private readonly JsonElement[] _values = new JsonElement[s_known.Length];
    private Dictionary<string, JsonElement>? _rest;

    private AnswerMembers()
    {
    }

    /// <summary>Whether this is a result: it has <c>structured_data</c>, and not an empty one beside a failure.</summary>
    public bool IsResult => HasData && (Failure is null || !Find("structured_data").IsEmptyDict());

    /// <summary>The sign that the agent failed, as text for a message; null without one.</summary>
    public string? Failure =>
        s_failures.FirstOrDefault(ReportsFailure) is { } name ? $"'{name}'"
        : Rest("status").TextOrNull() is { } status && IsFailure(status) ? $"status '{OpenWord.Canonical(status)}'"
        : null;

    /// <summary>The job that was started, if the answer names one. A plain <c>id</c> counts only beside a status and without an error.</summary>
    public string? JobId => StartedJobId.OwnNames.Select(Id).FirstOrDefault(id => id is not null)
        ?? (Rest("status").TextOrNull() is { } status && !IsFailure(status) && !s_errors.Any(ReportsFailure) ? Id("id") : null);

    private bool HasData => !Find("structured_data").IsNothing();

    /// <summary>
    /// The members of the object with <c>structured_data</c>, also when it is inside another object, a JSON text or a list of one. Members that the inner
    /// object lacks are taken from the outer one.
    /// </summary>
    public static AnswerMembers Of(JsonElement answer)
    {
        var members = new AnswerMembers();
        var level = Unwrapped(answer);
        for (var i = 0; i < MaxLevels && level.ValueKind is JsonValueKind.Object; i++)
        {
            members.AddAll(level);
            level = members.HasData ? default : members.TakeInner();
        }

        return members;
    }

    public JsonElement Take(string name)
    {
        ref var value = ref Find(name);
        var taken = value;
        value = default;
        return taken;
    }

    /// <summary>The values found, also from a text or a list of one.</summary>
    public JsonElement TakeStructuredData()
    {
        var value = Take("structured_data");
        return Unwrapped(value) is { ValueKind: JsonValueKind.Object } found ? found : value;
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

    public IReadOnlyList<SourceReference> TakeReferences(string name)
    {
        var references = ReferenceReading.Read(Find(name), out var isWhole);
        return Taken(name, isWhole, references);
    }

    /// <summary>The members that were not taken.</summary>
    public IReadOnlyDictionary<string, JsonElement> Rest()
    {
        // Deprecated by the vendor, and always empty since 2025.
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

    // The object in a text, or in a list of one.
    private static JsonElement Unwrapped(JsonElement value)
    {
        value = value.ValueKind is JsonValueKind.String && DictReading.TryRead(value, out var dict) ? dict
            : value.ValueKind is JsonValueKind.String && ListReading.TryRead(value, splits: false, out var list) ? list
            : value;
        return value.ValueKind is JsonValueKind.Array && value.GetArrayLength() is 1 ? Unwrapped(value[0]) : value;
    }

    private static bool IsFailure(string status) => OpenWord.Canonical(status) is
        "failed" or "failure" or "error" or "cancelled" or "canceled" or "terminated" or "timed_out" or "timedout" or "timeout" or "aborted";

    private bool ReportsFailure(string name) => Rest(name) is var value
        && !value.IsNothing() && !value.IsEmptyList() && !value.IsEmptyDict() && value.ValueKind is not JsonValueKind.False;

    private string? Id(string name) => ScalarReading.Text(Rest(name)) is { } id && !id.Contains('\uFFFD') ? id : null;

    private JsonElement Rest(string name) => _rest is not null && _rest.TryGetValue(name, out var value) ? value : default;

    private JsonElement TakeInner()
    {
        foreach (var name in s_wrappers)
        {
            if (Unwrapped(Rest(name)) is { ValueKind: JsonValueKind.Object } inner)
            {
                _rest!.Remove(name);
                return inner;
            }
        }

        return default;
    }

    private void AddAll(JsonElement level)
    {
        foreach (var member in level.EnumerateObject())
        {
            Add(member);
        }
    }

    private void Add(JsonProperty member)
    {
        var known = IndexOf(member);
        if (known >= 0)
        {
            _values[known] = member.Value.IsNothing() && _values[known].ValueKind is not JsonValueKind.Undefined ? _values[known] : member.Value;
        }
        else if (member.TryGetName(out var name))
        {
            (_rest ??= new(StringComparer.Ordinal))[name] = member.Value;
        }
    }

    // By bytes, because every answer has the same few names; a name with escapes counts as a different one.
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
            : name.SequenceEqual("cost_cents"u8) ? 7
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
