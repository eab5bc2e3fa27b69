using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>The members of <c>structured_data</c> by name, also by a name whose case drifted on the way.</summary>
/// <param name="data">Any JSON; what is not an object has no members. Of two members of one name the last counts, as in the serializer.</param>
/// <param name="isKnown">Whether somebody asked for exactly this name: such a member is never taken for another one's drifted name.</param>
internal sealed class StructMembers(JsonElement data, Func<string, bool> isKnown)
{
    private readonly Dictionary<string, JsonElement> _exact = Exact(data);
    private Dictionary<string, string?>? _drifted;

    public IEnumerable<KeyValuePair<string, JsonElement>> All => _exact;

    public bool Has(string name) => _exact.ContainsKey(name);

    public JsonElement Find(string name) => TryFind(name, out var found) ? found.Value : default;

    public bool TryFind(string name, out FoundMember found)
    {
        if (_exact.TryGetValue(name, out var value))
        {
            found = new(name, value, HasDrifted: false);
            return true;
        }

        _drifted ??= Drifted();
        if (_drifted.TryGetValue(NameCase.Fold(name), out var actual) && actual is not null)
        {
            found = new(actual, _exact[actual], HasDrifted: true);
            return true;
        }

        found = default;
        return false;
    }

    private static Dictionary<string, JsonElement> Exact(JsonElement data)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in data.Members())
        {
            members[member.Key] = member.Value;
        }

        return members;
    }

    // Null marks a form that two members share: neither is a safe guess.
    private Dictionary<string, string?> Drifted()
    {
        var drifted = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in _exact.Keys.Where(name => !isKnown(name)))
        {
            var folded = NameCase.Fold(name);
            drifted[folded] = drifted.ContainsKey(folded) ? null : name;
        }

        return drifted;
    }
}

/// <summary>A member under the name it really has.</summary>
internal readonly record struct FoundMember(string Name, JsonElement Value, bool HasDrifted);
