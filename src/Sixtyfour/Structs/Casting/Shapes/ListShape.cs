using System.Text.Json;

namespace Sixtyfour;

/// <summary>An array, a list or a set. An item that does not fit is left out and reported; an item that is nothing is left out.</summary>
internal sealed class ListShape(string expected, Lazy<ValueShape> item, bool itemCanBeNull) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => Leaf?.AskedAs is { } type && type != FieldType.Dict ? FieldType.ListOf(type) : FieldType.List;

    public override string? Format => Leaf?.Format is { } format ? "each item: " + format : null;

    public override string? Refusal => Leaf?.Refusal;

    public override string? Empty => "[]";

    public override bool IsNothing(JsonElement raw) => base.IsNothing(raw) || raw.IsEmptyList() || raw.IsEmptyListText();

    public override Fit Copy(JsonElement raw, RepairedJson to)
    {
        var itemsAreNumbers = item.Value is IntegerShape or FloatShape;
        if (to.IsTooDeep
            || !ListReading.TryRead(raw, to.SplitsCommas && item.Value.IsScalar, out var list, itemsAreNumbers)
            || (raw.ValueKind is not JsonValueKind.Array && !AnyFits(list)))
        {
            return Fit.Unfit;
        }

        var splits = to.SplitsCommas;
        to.SplitsCommas = false;
        to.StartArray();
        var fit = CopyItems(list, to);
        to.EndArray();
        to.SplitsCommas = splits;
        return raw.ValueKind is JsonValueKind.Array ? fit : Fit.Repaired;
    }

    // Not a list again: a type may be a list of itself.
    private ValueShape? Leaf => item.Value is ListShape or DictionaryShape ? null : item.Value;

    // A text of which no item fits was no list to begin with.
    private bool AnyFits(JsonElement list)
    {
        using var trial = RepairedJson.Trial();
        return list.EnumerateArray().Any(value => !value.IsNothing() && item.Value.Copy(value, trial) is not Fit.Unfit);
    }

    private Fit CopyItems(JsonElement list, RepairedJson to)
    {
        var (fit, index) = (Fit.Exact, 0);
        foreach (var value in list.EnumerateArray())
        {
            to.EnterItem(index++);
            fit = CopyItem(value, to) is Fit.Exact ? fit : Fit.Repaired;
            to.Leave();
        }

        return fit;
    }

    private Fit CopyItem(JsonElement value, RepairedJson to)
    {
        if (value.IsNothing() && !item.Value.HoldsNull)
        {
            return itemCanBeNull ? to.Json("null", value.ValueKind is JsonValueKind.Null ? Fit.Exact : Fit.Repaired) : Fit.Repaired;
        }

        var fit = item.Value.Copy(value, to);
        if (fit is Fit.Unfit)
        {
            to.Report(FieldIssueKind.Unreadable, item.Value.Expected, value);
            return Fit.Exact;
        }

        return fit;
    }
}
