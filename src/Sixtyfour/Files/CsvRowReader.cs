using System.Buffers.Text;
using Sixtyfour.Fields;

namespace Sixtyfour.Files;

/// <summary>Reads a CSV file whose first record names the columns.</summary>
internal sealed class CsvRowReader : RowReader
{
    private readonly CsvScanner _scanner;
    private readonly int _rowIdColumn;
    private readonly int[] _rowIdColumns;
    private readonly CsvColumns _withoutRowId;
    private readonly CsvColumns _all;
    private int _length;

    private CsvRowReader(RowBuffer buffer, CsvScanner header)
        : base(buffer)
    {
        var names = new string[header.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = CsvText.Of(buffer.Rest, header[i]);
        }

        _all = new CsvColumns(names);
        _rowIdColumn = _all.Find(RowId.Column);
        _rowIdColumns = RowIdColumns(names);
        RespelledRowId = _rowIdColumn < 0 && _rowIdColumns.Length is 1 ? names[_rowIdColumns[0]] : null;
        _withoutRowId = _rowIdColumn < 0 ? _all : _all.Without(_rowIdColumn);
        _length = header.Length;
        _scanner = header;
    }

    /// <summary>The columns that the user sees.</summary>
    public CsvColumns Columns => HidesRowId ? _withoutRowId : _all;

    /// <summary>How many of them the row has.</summary>
    public int Count => _scanner.Count - (HidesRowId && _rowIdColumn < _scanner.Count && _rowIdColumn >= 0 ? 1 : 0);

    public override bool HasRowIdColumn => _rowIdColumn >= 0;

    public ReadOnlySpan<byte> Record => Buffer.Rest.Slice(0, _length);

    public static async ValueTask<RowReader> OpenAsync(RowBuffer buffer, CancellationToken cancellationToken)
    {
        var header = new CsvScanner();
        header.Begin();
        if (await SkipLineEndsAsync(buffer, cancellationToken).ConfigureAwait(false))
        {
            while (!header.TryScan(buffer.Rest, buffer.IsLast))
            {
                await buffer.MoreAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return header.Problem is { } problem ? throw buffer.File.Invalid($"in the header {problem}") : new CsvRowReader(buffer, header);
    }

    /// <summary>A cell by its index among <see cref="Columns"/>, below <see cref="Count"/>.</summary>
    public ref readonly CsvCell Cell(int column) => ref _scanner[RawIndex(column)];

    /// <summary>The cells of the record, including a hidden one.</summary>
    public ReadOnlySpan<CsvCell> RawCells => _scanner.Cells;

    /// <summary>The index of one of <see cref="Columns"/> among all.</summary>
    public int RawIndex(int column) => HidesRowId && _rowIdColumn >= 0 && column >= _rowIdColumn ? column + 1 : column;

    /// <summary>The indexes of the columns with these names among all; missing ones are left out.</summary>
    public int[] ColumnsOf(IEnumerable<string> names)
    {
        var columns = names.Select(name => Columns.Find(name) is >= 0 and var column ? column : Columns.FindRespelled(name));
        return [.. columns.Where(column => column >= 0).Select(RawIndex)];
    }

    /// <summary>Whether any of these cells, by their index among all, is not blank.</summary>
    public bool HasAny(ReadOnlySpan<int> columns)
    {
        foreach (var column in columns)
        {
            if (column < _scanner.Count && !CsvText.IsBlank(_scanner[column].In(Record)))
            {
                return true;
            }
        }

        return false;
    }

    public override ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        Buffer.Skip(_length);
        _length = 0;
        var rest = Buffer.Rest;
        var blank = 0;
        while (blank < rest.Length && rest[blank] is (byte)'\n' or (byte)'\r')
        {
            blank++;
        }

        Buffer.Skip(blank);
        _scanner.Begin();
        return blank < rest.Length && _scanner.TryScan(rest.Slice(blank), Buffer.IsLast) ? new(Found()) : ReadMoreAsync(cancellationToken);
    }

    public override void MoveTo(long offset)
    {
        Buffer.MoveTo(offset);
        _length = 0;
    }

    public override RowValues Values() => new CsvRowValues(Columns, Copy());

    public override bool TryGetRowId(out long id)
    {
        id = 0;
        if (_rowIdColumns.Length > 1)
        {
            throw ManyRowIds(_rowIdColumns.Select(column => _all.Names[column]));
        }

        if (_rowIdColumns.Length is 0 || _rowIdColumns[0] >= _scanner.Count)
        {
            return false;
        }

        var text = _scanner[_rowIdColumns[0]].In(Record);
        return text.Length > 0 && ((Utf8Parser.TryParse(text, out id, out var used) && used == text.Length) || RowId.TryRead(Utf8Text.Decode(text), out id));
    }

    /// <summary>The bytes of the record, without a hidden row id.</summary>
    public byte[] Copy()
    {
        if (!HidesRowId || _rowIdColumn < 0 || _rowIdColumn >= _scanner.Count)
        {
            return Record.ToArray();
        }

        var cell = _scanner[_rowIdColumn];
        // One of the commas beside it is left out, too.
        var from = _rowIdColumn is 0 ? 0 : cell.RawStart - 1;
        var to = _rowIdColumn is 0 && cell.RawEnd < _length ? cell.RawEnd + 1 : cell.RawEnd;
        var copy = new byte[_length - (to - from)];
        Record.Slice(0, from).CopyTo(copy);
        Record.Slice(to).CopyTo(copy.AsSpan(from));
        return copy;
    }

    // Those with the very name, else those that only resemble it.
    private static int[] RowIdColumns(string[] names)
    {
        var exact = Enumerable.Range(0, names.Length).Where(i => names[i] is RowId.Column).ToArray();
        return exact.Length > 0 ? exact : [.. Enumerable.Range(0, names.Length).Where(i => RowId.IsRespelled(names[i]))];
    }

    private static async ValueTask<bool> SkipLineEndsAsync(RowBuffer buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (buffer.Rest.Length > 0)
            {
                if (buffer.Rest[0] is not ((byte)'\n' or (byte)'\r'))
                {
                    return true;
                }

                buffer.Skip(1);
            }
            else if (buffer.IsLast)
            {
                return false;
            }
            else
            {
                await buffer.MoreAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        if (!await SkipLineEndsAsync(Buffer, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        while (!_scanner.TryScan(Buffer.Rest, Buffer.IsLast))
        {
            await Buffer.MoreAsync(cancellationToken).ConfigureAwait(false);
        }

        return Found();
    }

    private bool Found()
    {
        if (_scanner.Problem is { } problem)
        {
            throw Invalid(problem);
        }

        _length = _scanner.Length;
        if (_scanner.Count > _all.Names.Count && _scanner.FindBeyond(_all.Names.Count, Record) >= 0)
        {
            throw Invalid($"{_scanner.Count} values under {_all.Names.Count} columns");
        }

        RowsRead++;
        return true;
    }
}

/// <summary>
/// The columns of a CSV file by name. Of two columns with one name the last counts: the service puts its values after the caller's own columns.
/// </summary>
internal sealed class CsvColumns
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, int>> _byFoldedName;

    public CsvColumns(IReadOnlyList<string> names)
    {
        Names = names;
        for (var i = 0; i < names.Count; i++)
        {
            _byName[names[i]] = i;
        }

        _byFoldedName = new(Folded);
    }

    public IReadOnlyList<string> Names { get; }

    public bool IsLastOfItsName(int column) => _byName[Names[column]] == column;

    /// <summary>The column with exactly that name; -1 when there is none.</summary>
    public int Find(string name) => _byName.TryGetValue(name, out var column) ? column : -1;

    /// <summary>The only column whose name differs only in case or word separators; -1 when there is none.</summary>
    public int FindRespelled(string name) => _byFoldedName.Value.TryGetValue(NameCase.Fold(name), out var column) ? column : -1;

    /// <summary>The same columns without one.</summary>
    public CsvColumns Without(int column) => new([.. Names.Where((_, i) => i != column)]);

    // -1 marks a folded name that two columns share: neither is a safe guess.
    private Dictionary<string, int> Folded()
    {
        var folded = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in _byName)
        {
            var name = NameCase.Fold(column.Key);
            folded[name] = folded.ContainsKey(name) ? -1 : column.Value;
        }

        return folded;
    }
}
