namespace Sixtyfour.Files;

/// <summary>
/// Finds the cells of one record after the other, as RFC 4180 writes them: separated by commas, ended by CR, LF or both, in quotes where they contain one of
/// these. A quote inside a cell that does not begin with one is an ordinary character.
/// </summary>
/// <remarks>A record can arrive in pieces: scanning continues where the bytes ended.</remarks>
internal sealed class CsvScanner
{
    private CsvCell[] _cells = new CsvCell[16];
    private Place _place;
    private int _at;
    private int _cellStart;
    private bool _hasDoubledQuotes;
    private bool? _linesEndInReturns;

    private enum Place
    {
        BeforeCell,
        Plain,
        Quoted,
        BehindQuote,
    }

    public int Count { get; private set; }

    /// <summary>How many bytes the record has, without its line end.</summary>
    public int Length => _at;

    /// <summary>How many bytes its line end has; 0 at the end of the file.</summary>
    public int LineEndLength { get; private set; }

    /// <summary>Why the record cannot be read, or null. The problem is at <see cref="Length"/>.</summary>
    public string? Problem { get; private set; }

    public ref readonly CsvCell this[int index] => ref _cells[index];

    public ReadOnlySpan<CsvCell> Cells => _cells.AsSpan(0, Count);

    /// <summary>The index of the first value beyond that many columns; -1 when there is none. Empty values do not count.</summary>
    public int FindBeyond(int columns, ReadOnlySpan<byte> record)
    {
        for (var i = columns; i < Count; i++)
        {
            if (_cells[i].In(record).Length > 0)
            {
                return i;
            }
        }

        return -1;
    }

    public void Begin()
    {
        Count = 0;
        Problem = null;
        _place = Place.BeforeCell;
        _at = 0;
    }

    /// <summary>False when the record continues beyond the available bytes.</summary>
    /// <param name="record">All bytes from the beginning of the record.</param>
    /// <param name="isLast">No bytes follow.</param>
    public bool TryScan(ReadOnlySpan<byte> record, bool isLast)
    {
        while (true)
        {
            if (_place is Place.BeforeCell && !TryEnterCell(record, isLast))
            {
                return false;
            }

            var isAtEnd = _place is Place.Plain ? !TryLeavePlain(record) : !TryLeaveQuoted(record);
            if (Problem is not null)
            {
                return true;
            }

            if (isAtEnd && !isLast)
            {
                return false;
            }

            if (isAtEnd && _place is Place.Quoted)
            {
                Problem = "a quote is opened and never closed";
                return true;
            }

            if (!isAtEnd && !isLast && record[_at] is (byte)'\r' && _at + 1 == record.Length)
            {
                // It may be the first half of a line end.
                return false;
            }

            Add(new CsvCell(_cellStart, _at, _place is not Place.Plain, _hasDoubledQuotes));
            if (isAtEnd || record[_at] is not (byte)',')
            {
                EndLine(record.Slice(_at));
                return true;
            }

            _at++;
            _place = Place.BeforeCell;
        }
    }

    private void EndLine(ReadOnlySpan<byte> rest)
    {
        LineEndLength = rest.Length is 0 ? 0 : rest.Length > 1 && rest[0] is (byte)'\r' && rest[1] is (byte)'\n' ? 2 : 1;
        var isLoneReturn = LineEndLength is 1 && rest[0] is (byte)'\r' && rest.Length > 1;
        _linesEndInReturns ??= LineEndLength is 0 ? null : isLoneReturn;
        if (isLoneReturn && _linesEndInReturns is false)
        {
            Problem = "a carriage return stands alone in a value that is not in quotes";
        }
    }

    private bool TryEnterCell(ReadOnlySpan<byte> record, bool isLast)
    {
        if (_at == record.Length && !isLast)
        {
            return false;
        }

        _cellStart = _at;
        _hasDoubledQuotes = false;
        _place = Place.Plain;
        if (_at < record.Length && record[_at] is (byte)'"')
        {
            _place = Place.Quoted;
            _at++;
        }

        return true;
    }

    private bool TryLeavePlain(ReadOnlySpan<byte> record)
    {
        var length = record.Slice(_at).IndexOfAny((byte)',', (byte)'\n', (byte)'\r');
        _at = length < 0 ? record.Length : _at + length;
        return length >= 0;
    }

    private bool TryLeaveQuoted(ReadOnlySpan<byte> record)
    {
        while (true)
        {
            if (_place is Place.Quoted)
            {
                var length = record.Slice(_at).IndexOf((byte)'"');
                _at = length < 0 ? record.Length : _at + length + 1;
                if (length < 0)
                {
                    return false;
                }

                _place = Place.BehindQuote;
            }

            if (_at == record.Length)
            {
                return false;
            }

            if (record[_at] is not (byte)'"')
            {
                Problem = record[_at] is (byte)',' or (byte)'\n' or (byte)'\r' ? null : "text follows a closing quote";
                return true;
            }

            _hasDoubledQuotes = true;
            _place = Place.Quoted;
            _at++;
        }
    }

    private void Add(CsvCell cell)
    {
        if (Count == _cells.Length)
        {
            Array.Resize(ref _cells, Count * 2);
        }

        _cells[Count++] = cell;
    }
}

/// <summary>The position of a cell in its record.</summary>
/// <param name="RawStart">Where the cell begins, quotes included.</param>
/// <param name="RawEnd">After the cell: the comma, the line end or the end of the file.</param>
/// <param name="IsQuoted">It is in quotes, which are not part of its text.</param>
/// <param name="HasDoubledQuotes">Each pair of quotes in it stands for one quote.</param>
internal readonly record struct CsvCell(int RawStart, int RawEnd, bool IsQuoted, bool HasDoubledQuotes)
{
    /// <summary>The text between the quotes, pairs of quotes still doubled.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> record) =>
        IsQuoted ? record.Slice(RawStart + 1, RawEnd - RawStart - 2) : record.Slice(RawStart, RawEnd - RawStart);
}

/// <summary>The text of a cell. Bytes that are not UTF-8 become U+FFFD.</summary>
internal static class CsvText
{
    public static string Of(ReadOnlySpan<byte> record, in CsvCell cell)
    {
        var text = Utf8Text.Decode(cell.In(record));
        return cell.HasDoubledQuotes ? text.Replace("\"\"", "\"") : text;
    }

    /// <summary>Whether it is only white space, including that beyond ASCII.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text) =>
        text.Length is 0 || (text[0] is not (> (byte)' ' and < 0x7F) && string.IsNullOrWhiteSpace(Utf8Text.Decode(text)));
}
