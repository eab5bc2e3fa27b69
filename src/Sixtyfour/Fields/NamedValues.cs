using System.Text.Json;
using Sixtyfour.Fields.Reading;

namespace Sixtyfour.Fields;

/// <summary>Values by name, each with what is known about it. Nothing here throws.</summary>
/// <param name="data">The members.</param>
/// <param name="plan">How the type was read, if there is one.</param>
/// <param name="asked">What was asked for, where that is known.</param>
/// <param name="confidences">How sure the service is of each.</param>
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
