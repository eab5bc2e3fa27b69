using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>The members of an object by name, also when only the case or the word separators differ. Other values have no members.</summary>
/// <param name="data">Any JSON. Of two members with one name the last counts, as in the serializer.</param>
/// <param name="plan">The type it is read as, if any.</param>
/// <param name="asked">
/// What was asked for, if known. A member that was asked for by its exact name never counts as another spelling of a different name.
/// </param>
internal sealed class StructMembers(JsonElement data, TypePlan? plan = null, EnrichmentStruct? asked = null)
{
    private Dictionary<string, FoundMember?>? _respelled;

    public bool Has(string name) => TryFindExact(name, out _);

    public JsonElement Find(string name) => TryFind(name, out var found) ? found.Value : default;

    public bool TryFind(string name, out FoundMember found)
    {
        if (TryFindExact(name, out var value))
        {
            found = new(name, value, IsRespelled: false);
            return true;
        }

        _respelled ??= Respelled();
        var isThere = _respelled.Count > 0 && _respelled.TryGetValue(NameCase.Fold(name), out var respelled) && respelled is not null;
        found = isThere ? _respelled[NameCase.Fold(name)]!.Value : default;
        return isThere;
    }

    /// <summary>The members that were not asked for, with their names.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Unknown() => data.Members().Where(member => !IsKnown(member.Key));

    private bool IsKnown(string name) => (plan?.Knows(name) ?? false) || asked?.Find(name) is not null;

    private bool TryFindExact(string name, out JsonElement value)
    {
        value = data.Member(name);
        return value.ValueKind is not JsonValueKind.Undefined;
    }

    // Null marks a folded name that two members share: neither is a safe guess.
    private Dictionary<string, FoundMember?> Respelled()
    {
        var respelled = new Dictionary<string, FoundMember?>(StringComparer.Ordinal);
        foreach (var member in Unknown())
        {
            var folded = NameCase.Fold(member.Key);
            var isShared = respelled.TryGetValue(folded, out var other) && other?.Name != member.Key;
            respelled[folded] = isShared ? null : new FoundMember(member.Key, member.Value, IsRespelled: true);
        }

        return respelled;
    }
}

/// <summary>A member under its actual name.</summary>
internal readonly record struct FoundMember(string Name, JsonElement Value, bool IsRespelled);

/// <summary>Values by name, each with its confidence and the type it was asked for. Nothing here throws.</summary>
/// <param name="data">The members.</param>
/// <param name="plan">The plan of the type, if there is one.</param>
/// <param name="asked">What was asked for, if known.</param>
/// <param name="confidences">The confidence of each.</param>
internal sealed class NamedValues(JsonElement data, TypePlan? plan, EnrichmentStruct? asked, IReadOnlyDictionary<string, double?> confidences)
{
    private readonly StructMembers _members = new(data, plan, asked);

    public FieldValue Find(string name)
    {
        var planned = _members.Has(name) ? null : plan?.Find(name);
        var jsonName = planned?.JsonName ?? name;
        return _members.TryFind(jsonName, out var found)
            ? Value(found.Name, jsonName, found.Value)
            : Value(jsonName, jsonName, default);
    }

    private FieldValue Value(string name, string askedName, JsonElement raw)
    {
        var field = asked?.Find(askedName);
        var planned = field is null ? plan?.Find(askedName) : null;
        return new FieldValue(
            name,
            raw,
            confidences.TryGetValue(name, out var confidence) || confidences.TryGetValue(askedName, out confidence) ? confidence : null,
            isAskedAsList: field?.IsList ?? planned?.Shape is ListShape,
            isAskedAsDict: field?.IsDict ?? planned?.Shape is DictionaryShape or ObjectShape);
    }
}
