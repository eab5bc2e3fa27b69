using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>A dictionary, also as JSON inside a text. An entry that does not fit is left out and reported; an entry that is nothing is left out.</summary>
internal sealed class DictionaryShape(string expected, Lazy<ValueShape> value, bool valueCanBeNull) : ValueShape(expected)
{
    public override bool IsScalar => false;

    public override FieldType? AskedAs => FieldType.Dict;

    public override string? Refusal => value.Value is ListShape or DictionaryShape ? null : value.Value.Refusal;

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
            fit = CopyEntry(entry.Value, to) is Fit.Exact ? fit : Fit.Repaired;
            to.Leave();
        }

        return fit;
    }

    private Fit CopyEntry(JsonElement raw, RepairedJson to)
    {
        if (raw.IsNothing() && !value.Value.HoldsNull)
        {
            return valueCanBeNull ? to.Json("null", raw.ValueKind is JsonValueKind.Null ? Fit.Exact : Fit.Repaired) : Fit.Repaired;
        }

        var fit = value.Value.Copy(raw, to);
        if (fit is Fit.Unfit)
        {
            to.Report(FieldIssueKind.Unreadable, value.Value.Expected, raw);
            return Fit.Exact;
        }

        return fit;
    }
}
