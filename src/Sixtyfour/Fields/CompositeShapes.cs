using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>Many values of one type. An unreadable one is left out and reported; a missing one is left out.</summary>
internal abstract class CollectionShape(string expected, Lazy<ValueShape> element, bool elementCanBeNull) : ValueShape(expected)
{
    public override bool IsScalar => false;

    protected ValueShape Element => element.Value;

    protected Fit CopyElement(JsonElement raw, RepairedJson to)
    {
        if (raw.IsNothing() && !Element.HoldsNull)
        {
            return elementCanBeNull ? to.Json("null", raw.ValueKind is JsonValueKind.Null ? Fit.Exact : Fit.Repaired) : Fit.Repaired;
        }

        var fit = Element.Copy(raw, to);
        if (fit is Fit.Unfit)
        {
            to.Report(FieldIssueKind.Unreadable, Element.Expected, raw);
            return Fit.Exact;
        }

        return fit;
    }
}

/// <summary>An array, a list or a set.</summary>
internal sealed class ListShape(string expected, Lazy<ValueShape> item, bool itemCanBeNull) : CollectionShape(expected, item, itemCanBeNull)
{
    public override FieldType? AskedAs => Leaf?.AskedAs is { } type && type != FieldType.Dict ? FieldType.ListOf(type) : FieldType.List;

    public override string? Format => Leaf?.Format is { } format ? "each item: " + format : null;

    public override string? Refusal => Leaf?.Refusal;

    public override string? Empty => "[]";

    // Not followed into nested lists: a type may be a list of itself.
    private ValueShape? Leaf => Element is ListShape or DictionaryShape ? null : Element;

    public override bool IsNothing(JsonElement raw) => base.IsNothing(raw) || raw.IsEmptyList() || raw.IsEmptyListText();

    public override Fit Copy(JsonElement raw, RepairedJson to)
    {
        if (to.IsTooDeep
            || !ListReading.TryRead(raw, to.SplitsTexts && Element.IsScalar, out var list, out var wasSplit)
            || (raw.ValueKind is not JsonValueKind.Array && !Fits(list, wasSplit)))
        {
            return Fit.Unfit;
        }

        var splits = to.SplitsTexts;
        to.SplitsTexts = false;
        to.StartArray();
        var fit = CopyItems(list, to);
        to.EndArray();
        to.SplitsTexts = splits;
        return raw.ValueKind is JsonValueKind.Array ? fit : Fit.Repaired;
    }

    // A text of which no item fits was not a list; a text split at its commas is a list only if every item fits ("May 17, 2024" is not).
    private bool Fits(JsonElement list, bool wasSplit)
    {
        using var trial = RepairedJson.Trial();
        var items = list.EnumerateArray().Where(value => !value.IsNothing());
        return wasSplit ? items.All(Fits) : items.Any(Fits);

        bool Fits(JsonElement value) => Element.Copy(value, trial) is not Fit.Unfit;
    }

    private Fit CopyItems(JsonElement list, RepairedJson to)
    {
        var (fit, index) = (Fit.Exact, 0);
        foreach (var value in list.EnumerateArray())
        {
            to.EnterItem(index++);
            fit = CopyElement(value, to) is Fit.Exact ? fit : Fit.Repaired;
            to.Leave();
        }

        return fit;
    }
}

/// <summary>A dictionary, also as JSON inside a text.</summary>
internal sealed class DictionaryShape(string expected, Lazy<ValueShape> value, bool valueCanBeNull) : CollectionShape(expected, value, valueCanBeNull)
{
    public override FieldType? AskedAs => FieldType.Dict;

    public override string? Refusal => Element is ListShape or DictionaryShape ? null : Element.Refusal;

    public override string? Empty => "{}";

    public override bool IsNothing(JsonElement raw) => base.IsNothing(raw) || raw.IsEmptyDict() || raw.IsEmptyDictText();

    public override Fit Copy(JsonElement raw, RepairedJson to)
    {
        if (to.IsTooDeep || !DictReading.TryRead(raw, out var dict))
        {
            return Fit.Unfit;
        }

        to.StartObject();
        var fit = CopyEntries(dict, to);
        to.EndObject();
        return raw.ValueKind is JsonValueKind.Object ? fit : Fit.Repaired;
    }

    private Fit CopyEntries(JsonElement dict, RepairedJson to)
    {
        var (fit, index) = (Fit.Exact, 0);
        foreach (var entry in dict.Members())
        {
            to.EnterItem(index++, entry.Key);
            fit = CopyElement(entry.Value, to) is Fit.Exact ? fit : Fit.Repaired;
            to.Leave();
        }

        return fit;
    }
}

/// <summary>An object with known members, also as JSON inside a text.</summary>
internal sealed class ObjectShape(string expected, TypePlan plan) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => FieldType.Dict;

    // Without the names the agent could not know what to call the members. One level only: a type may contain itself.
    public override string? Format => plan.Members.Count == 0 ? null : "an object with: " + string.Join(", ", plan.Members.Select(member => member.JsonName));

    public override bool IsNothing(JsonElement raw) => base.IsNothing(raw) || raw.IsEmptyDict() || raw.IsEmptyDictText();

    public override Fit Copy(JsonElement raw, RepairedJson to)
    {
        if (to.IsTooDeep || !DictReading.TryRead(raw, out var found))
        {
            return Fit.Unfit;
        }

        to.StartObject();
        plan.CopyMembers(found, to);
        to.EndObject();
        return raw.ValueKind is JsonValueKind.Object ? Fit.Exact : Fit.Repaired;
    }
}
