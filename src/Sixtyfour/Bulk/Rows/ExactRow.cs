namespace Sixtyfour.Bulk;

/// <summary>Writes a CSV row as the JSON of a type, as long as there is nothing in it to repair, to report or to guess.</summary>
internal sealed class ExactRow
{
    private readonly ExactCell[] _cells;
    private readonly JsonBytes _json = new();

    private ExactRow(ExactCell[] cells) => _cells = cells;

    public ReadOnlySpan<byte> Json => _json.Written;

    /// <summary>Whether any cell had a value.</summary>
    public bool HasValues { get; private set; }

    /// <summary>Null when every row needs the casting: a member is absent that cannot be null, or its column's name drifted, or the type keeps other columns.</summary>
    public static ExactRow? For(TypePlan plan, CsvColumns columns)
    {
        if (!plan.IsObject || plan.KeepsUnknown)
        {
            return null;
        }

        var cells = new List<ExactCell>();
        foreach (var member in plan.Members)
        {
            var column = columns.Find(member.JsonName);
            if (column >= 0)
            {
                cells.Add(new ExactCell(column, member));
            }
            else if (!member.CanBeNull() || columns.FindDrifted(member.JsonName) >= 0)
            {
                return null;
            }
        }

        return new ExactRow([.. cells]);
    }

    public bool TryWrite(CsvRowReader row)
    {
        HasValues = false;
        _json.Clear();
        _json.Add((byte)'{');
        var record = row.Record;
        var count = row.Count;
        foreach (var cell in _cells)
        {
            var raw = cell.Column < count ? row.Cell(cell.Column) : default;
            var text = raw.In(record);
            if (text.Length is 0)
            {
                if (!cell.MayBeEmpty)
                {
                    return false;
                }

                continue;
            }

            if (HasValues)
            {
                _json.Add((byte)',');
            }

            HasValues = true;
            if (raw.HasDoubledQuotes ? !cell.TryWriteUnquoted(text, _json) : !cell.TryWrite(text, _json))
            {
                return false;
            }
        }

        _json.Add((byte)'}');
        return true;
    }
}
