using System.Reflection;
using Sixtyfour.Fields;

namespace Sixtyfour.Files;

/// <summary>
/// Reads a CSV row as a type straight from its bytes, as long as there is nothing in it to repair, to report or to guess. A serializer in between would take
/// most of the time.
/// </summary>
internal sealed class ExactRow
{
    private readonly ExactCell[] _cells;
    private readonly ObjectMaker _maker;

    private ExactRow(ExactCell[] cells, ObjectMaker maker)
    {
        _cells = cells;
        _maker = maker;
    }

    /// <summary>Whether any cell had a value.</summary>
    public bool HasValues { get; private set; }

    /// <summary>
    /// Null when every row needs the casting: the type keeps other columns, or can only be made by a serializer, or has a member without a column that cannot
    /// be null, or whose column's name drifted.
    /// </summary>
    public static ExactRow? For(TypePlan plan, CsvRowReader reader)
    {
        var columns = reader.Columns;
        if (!plan.IsObject || plan.KeepsUnknown || ObjectMaker.For(plan) is not { } maker)
        {
            return null;
        }

        var cells = new List<ExactCell>();
        for (var place = 0; place < plan.Members.Count; place++)
        {
            var member = plan.Members[place];
            var column = columns.Find(member.JsonName);
            if (column >= 0)
            {
                cells.Add(new ExactCell(reader.RawIndex(column), place, member, plan.Contract.Options));
            }
            else if (!member.CanBeNull() || columns.FindDrifted(member.JsonName) >= 0)
            {
                return null;
            }
        }

        return new ExactRow([.. cells], maker);
    }

    public bool TryRead(CsvRowReader row, out object? data)
    {
        HasValues = false;
        _maker.Begin();
        data = null;
        var record = row.Record;
        var raw = row.RawCells;
        foreach (var cell in _cells)
        {
            var text = cell.Column < raw.Length ? raw[cell.Column].In(record) : default;
            if (text.Length > 0)
            {
                if (!cell.TryRead(text, raw[cell.Column].HasDoubledQuotes, out var value))
                {
                    return false;
                }

                HasValues = true;
                _maker.Set(cell.Place, value);
            }
            else if (!cell.MayBeEmpty)
            {
                return false;
            }
        }

        try
        {
            data = _maker.Make();
            return true;
        }
        catch (Exception e) when (e is TargetInvocationException || StructReader.IsRefusal(e))
        {
            // The type refuses a value; the casting finds out which.
            return false;
        }
    }
}
