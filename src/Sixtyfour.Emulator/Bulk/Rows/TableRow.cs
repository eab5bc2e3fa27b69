using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>A row of a table with fixed columns, filled again and again. A column that is added but there already keeps its place.</summary>
internal sealed class TableRow
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly JsonElement?[] _cells;

    public TableRow(IReadOnlyList<string> columns, IReadOnlyList<string> added)
    {
        Columns = [.. columns, .. added.Except(columns, StringComparer.Ordinal)];
        _cells = new JsonElement?[Columns.Count];
        for (var i = 0; i < Columns.Count; i++)
        {
            _places[Columns[i]] = i;   // of columns with one name the last one
        }
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Takes the cells of a row, which may be fewer, and in another order; those of other columns are left out.</summary>
    public void Set(JsonElement row)
    {
        Array.Clear(_cells);
        var next = 0;
        foreach (var cell in row.EnumerateObject())
        {
            var isNext = next < Columns.Count && Columns[next] == cell.Name;
            if (isNext || _places.ContainsKey(cell.Name))
            {
                var place = isNext ? next : _places[cell.Name];
                _cells[place] = cell.Value;
                next = place + 1;
            }
        }
    }

    public void Set(string column, JsonElement? value)
    {
        if (_places.TryGetValue(column, out var place))
        {
            _cells[place] = value;
        }
    }

    public IReadOnlyCollection<string> Texts() => Array.ConvertAll(_cells, cell => cell is { } value ? Text(value) : "");

    public JsonObject ToJson()
    {
        var row = new JsonObject();
        for (var i = 0; i < _cells.Length; i++)
        {
            row[Columns[i]] = _cells[i] is { } value ? JsonText.ToNode(value) : null;
        }

        return row;
    }

    // As the table library of the service's language writes them.
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };
}
