using System.Text;

namespace Sixtyfour.Bulk;

/// <summary>A CSV file out of several. Its columns are those of the first file, then those that only later ones have.</summary>
internal sealed class JoinedCsv : JoinedFile
{
    private readonly List<Column> _columns = [];
    private int[]? _places;

    public override bool TryAdd(RowReader reader)
    {
        if (reader is CsvRowReader csv)
        {
            _columns.AddRange(Columns(csv).Where(column => !_columns.Contains(column)).ToList());
        }

        return reader is CsvRowReader;
    }

    public override void Begin(GatheredWrites to)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            to.Add(i is 0 ? default : ","u8);
            to.Add(Encoding.UTF8.GetBytes(Quoted(_columns[i].Name)));
        }

        to.Add("\r\n"u8);
    }

    // Null: its columns are those of the whole, so its records can go as they are.
    public override void Enter(RowReader reader)
    {
        var own = Columns((CsvRowReader)reader);
        _places = own.SequenceEqual(_columns) ? null : [.. _columns.Select(column => own.IndexOf(column))];
    }

    public override void Write(RowReader reader, GatheredWrites to)
    {
        var csv = (CsvRowReader)reader;
        if (_places is null)
        {
            var record = csv.Copy();
            // A blank line would be no row.
            to.Add(record.Length is 0 ? "\"\""u8 : record);
        }
        else
        {
            WriteCells(csv, _places, to);
        }

        to.Add("\r\n"u8);
    }

    public override void End(GatheredWrites to)
    {
    }

    private static void WriteCells(CsvRowReader csv, int[] places, GatheredWrites to)
    {
        for (var i = 0; i < places.Length; i++)
        {
            to.Add(i is 0 ? default : ","u8);
            if (places[i] >= 0 && places[i] < csv.Count)
            {
                var cell = csv.Cell(places[i]);
                to.Add(csv.Record.Slice(cell.RawStart, cell.RawEnd - cell.RawStart));
            }
        }
    }

    private static List<Column> Columns(CsvRowReader csv)
    {
        var columns = new List<Column>();
        foreach (var name in csv.Columns.Names)
        {
            columns.Add(new Column(name, columns.Count(column => column.Name == name)));
        }

        return columns;
    }

    private static string Quoted(string name) =>
        name.Length is 0 || name.IndexOfAny(['"', ',', '\r', '\n']) >= 0 ? $"\"{name.Replace("\"", "\"\"")}\"" : name;

    /// <summary>Columns of one name are told apart by their order.</summary>
    private readonly record struct Column(string Name, int Occurrence);
}
