using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>A stored CSV row: its bytes, scanned again when a value is read.</summary>
internal sealed class CsvRowValues(CsvColumns columns, byte[] record) : RowValues
{
    private CsvScanner? _cells;

    public override IReadOnlyList<string> Columns => columns.Names;

    public override bool TryFind(string column, out FoundMember found)
    {
        var index = columns.Find(column);
        var isRespelled = index < 0;
        index = isRespelled ? columns.FindRespelled(column) : index;
        var isThere = index >= 0 && index < Cells().Count;
        found = isThere ? new(columns.Names[index], JsonText.OfText(Text(index)), isRespelled) : default;
        return isThere;
    }

    // An empty cell is left out: a file of texts has no other way to say that there is no value.
    public override JsonElement ToJson(TypePlan plan)
    {
        using var json = new RepairedJson();
        json.StartObject();
        for (var i = 0; i < columns.Names.Count && i < Cells().Count; i++)
        {
            var text = columns.IsLastOfItsName(i) ? Text(i) : "";
            if (text.Length > 0)
            {
                json.EnterMember(columns.Names[i]);
                CellJson.Write(text, Shape(plan, i), json);
                json.Leave();
            }
        }

        json.EndObject();
        return RowJson.Parse(json.WrittenUtf8);
    }

    private ValueShape? Shape(TypePlan plan, int column) =>
        plan.Knows(columns.Names[column]) ? plan.Find(columns.Names[column])?.Shape
        : plan.Members.FirstOrDefault(member => columns.Find(member.JsonName) < 0 && columns.FindRespelled(member.JsonName) == column)?.Shape;

    private string Text(int column) => CsvText.Of(record, Cells()[column]);

    // Two threads may both scan it, with the same result.
    private CsvScanner Cells()
    {
        if (_cells is { } known)
        {
            return known;
        }

        var cells = new CsvScanner();
        cells.Begin();
        cells.TryScan(record, isLast: true);
        return _cells = cells;
    }
}

/// <summary>
/// Converts a cell to JSON before it is cast. CSV can only express a number, a Boolean, a list or an object as text: a text that is exactly the wanted kind of
/// value does not count as a repair. Any other cell is cast as text.
/// </summary>
internal static class CellJson
{
    public static void Write(string text, ValueShape? shape, RepairedJson to) => _ = shape switch
    {
        IntegerShape or FloatShape when IsNumber(text) => to.Json(text),
        BooleanShape when BooleanWord(text) is { } word => to.Json(word),
        ListShape when Notation.TryParse(text.Trim(), out var list) && list.ValueKind is JsonValueKind.Array => to.Raw(list),
        DictionaryShape or ObjectShape when Notation.TryParse(text.Trim(), out var dict) && dict.ValueKind is JsonValueKind.Object => to.Raw(dict),
        _ => to.Text(text),
    };

    // Python capitalizes them.
    private static string? BooleanWord(string text) => text switch
    {
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        _ => null,
    };

    private static bool IsNumber(string text)
    {
        var scan = new NumberScanner(text);
        _ = scan.Take('-');
        var whole = scan.Digits();
        var hasPoint = scan.Take('.');
        var fraction = hasPoint ? scan.Digits() : "0";
        return whole.Length > 0 && fraction.Length > 0 && (whole.Length is 1 || whole[0] is not '0') && scan.Exponent() is not null && scan.IsAtEnd;
    }
}
