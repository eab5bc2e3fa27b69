using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>A value of an enum, in the form that the enum's own converter reads.</summary>
internal sealed class EnumShape(string expected, EnumNames names) : ValueShape(expected)
{
    public override string? Format => (names.AreFlags ? "any of, separated by commas: " : "one of: ") + string.Join(", ", names.Allowed);

    // The names are what was asked for, so a name in another case is the answer and no repair.
    public override Fit Copy(JsonElement raw, RepairedJson to) => names.TryRead(raw, out var value) ? to.Replace(value) : Fit.Unfit;
}

/// <summary>The values of an enum by all their names, each as the enum's own converter writes it: a number or a text.</summary>
internal sealed class EnumNames
{
    private readonly Type _type;
    private readonly JsonTypeInfo _typeInfo;
    private readonly Dictionary<string, object> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> _folded = new(StringComparer.Ordinal);

    public EnumNames(Type type, JsonTypeInfo typeInfo)
    {
        _type = type;
        _typeInfo = typeInfo;
        AreFlags = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        var names = Enum.GetNames(type);
        foreach (var name in names)
        {
            Add(name, Enum.Parse(type, name));
        }

        // The converter's names come last: where one is another value's C# name, the converter's meaning counts.
        Allowed = [.. names.Select(Register)];
    }

    /// <summary>The names to ask for: the converter's where it writes names, else those in C#.</summary>
    public IReadOnlyList<string> Allowed { get; }

    /// <summary>Whether several names can be combined.</summary>
    public bool AreFlags { get; }

    public bool TryRead(JsonElement raw, out JsonElement value)
    {
        var found = raw.ValueKind is JsonValueKind.Number ? Defined(raw) : raw.TryGetText(out var text) ? Named(text) : null;
        value = found is null ? default : Written(found);
        return found is not null;
    }

    private static bool IsSameNumber(object value, JsonElement raw) =>
        raw.TryGetDecimal(out var number) && Number(value) == number;

    private string Register(string name)
    {
        var value = Enum.Parse(_type, name);
        var written = Written(value).TryGetText(out var text) ? text : name;
        Add(written, value);
        return written;
    }

    // Two values with one folded name: neither is a safe guess, unless the name is spelled exactly.
    private void Add(string name, object value)
    {
        _exact[name] = value;
        var folded = NameCase.Fold(name);
        _folded[folded] = !_folded.TryGetValue(folded, out var other) || Equals(other, value) ? value : null;
    }

    private object? Named(string text) => Single(text) ?? (AreFlags && text.Contains(',') ? Combined(text.Split(',')) : null);

    private object? Single(string text) =>
        _exact.TryGetValue(text.Trim(), out var value) || _folded.TryGetValue(NameCase.Fold(text.Trim()), out value) ? value : null;

    private object? Combined(string[] names)
    {
        var values = names.Select(Single).ToList();
        return values.Contains(null) ? null : Enum.Parse(_type, string.Join(",", values));
    }

    // A number without a name, such as 99, would become a value that no switch expects.
    private object? Defined(JsonElement raw)
    {
        var value = raw.TryGetInt64(out var number) ? Enum.ToObject(_type, number)
            : raw.TryGetUInt64(out var large) ? Enum.ToObject(_type, large)
            : null;
        return value is not null && IsSameNumber(value, raw) && HasName(value) ? value : null;
    }

    // Not by its text, which without a name is a number in the machine's culture.
    private bool HasName(object value) => _exact.ContainsValue(value) || (AreFlags && IsCombination(Number(value)));

    private bool IsCombination(decimal number)
    {
        if (number <= 0)
        {
            return false;
        }

        var (value, named) = ((ulong)number, 0UL);
        foreach (var bits in _exact.Values.Select(Number).Where(bits => bits > 0).Select(bits => (ulong)bits))
        {
            named |= (bits & value) == bits ? bits : 0;
        }

        return named == value;
    }

    private static decimal Number(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    private JsonElement Written(object value) => JsonSerializer.SerializeToElement(value, _typeInfo);
}
