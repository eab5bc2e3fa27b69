using System.Buffers;
using System.Text;

namespace Sixtyfour.Files;

/// <summary>Joins several files of one format into one.</summary>
internal abstract class JoinedFile
{
    /// <summary>Announces a file to join; false when its format differs.</summary>
    public abstract bool TryAdd(RowReader reader);

    public abstract void Begin(GatheredWrites to);

    /// <summary>The next rows come from this file.</summary>
    public abstract void Enter(RowReader reader);

    /// <summary>Writes the current row of the reader.</summary>
    public abstract void Write(RowReader reader, GatheredWrites to);

    public abstract void End(GatheredWrites to);
}

/// <summary>Joins CSV files. The columns are those of the first file, then those that only later ones have.</summary>
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

    // Null: the file has the columns of the whole, so its records are copied as they are.
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
            // A blank line would not count as a row.
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

    /// <summary>Columns with the same name are distinguished by their order.</summary>
    private readonly record struct Column(string Name, int Occurrence);
}

/// <summary>Joins JSON files: as an array where all are arrays, else as JSON lines.</summary>
internal sealed class JoinedJson : JoinedFile
{
    private bool _isArray = true;
    private bool _hasRows;

    public override bool TryAdd(RowReader reader)
    {
        _isArray &= reader is JsonRowReader { IsArray: true };
        return reader is JsonRowReader;
    }

    public override void Begin(GatheredWrites to) => to.Add(_isArray ? "["u8 : default);

    public override void Enter(RowReader reader)
    {
    }

    public override void Write(RowReader reader, GatheredWrites to)
    {
        if (_isArray)
        {
            to.Add(_hasRows ? ",\n"u8 : "\n"u8);
        }

        _hasRows = true;
        to.Add(((JsonRowReader)reader).Copy());
        if (!_isArray)
        {
            to.Add("\n"u8);
        }
    }

    public override void End(GatheredWrites to) => to.Add(_isArray ? "\n]\n"u8 : default);
}

/// <summary>Buffers small writes, so that a file is written in large pieces.</summary>
internal sealed class GatheredWrites(Stream target) : IDisposable
{
    private const int FlushSize = 128 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(2 * FlushSize);
    private int _length;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _length < bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + bytes.Length));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = larger;
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => _length < FlushSize ? default : FlushAsync(cancellationToken);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(_bytes.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
        _length = 0;
    }

    // A canceled write may still read the bytes, and they are the caller's data: they do not go back to the pool.
    public void Dispose() => _bytes = [];
}
