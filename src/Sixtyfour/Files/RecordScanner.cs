using System.Text.Json;

namespace Sixtyfour.Files;

/// <summary>Finds where records begin and end. It remembers how far it has scanned, so that a record that arrives in pieces is scanned once.</summary>
internal abstract class RecordScanner
{
    /// <summary>Scans for the next record at the beginning of the unread bytes.</summary>
    /// <param name="unread">The same bytes as before, or more of them, as long as nothing was found.</param>
    /// <param name="isLast">No bytes follow.</param>
    /// <param name="found">Where the record is, and how many bytes to skip; also for a blank, which is not a record.</param>
    /// <exception cref="BrokenRecordException">The record cannot be read.</exception>
    public abstract bool TryFind(ReadOnlySpan<byte> unread, bool isLast, out FoundRecord found);
}

/// <param name="Begin">The first byte of the record.</param>
/// <param name="Length">How many bytes it has; 0 for a blank.</param>
/// <param name="Consumed">How many bytes to skip, separators included.</param>
internal readonly record struct FoundRecord(int Begin, int Length, int Consumed);

/// <summary>A record that cannot be read.</summary>
/// <param name="what">Follows the position of the record in a message.</param>
/// <param name="offset">Where, from the beginning of the unread bytes; 0 where that is not known.</param>
/// <param name="innerException">The failure of reading the record.</param>
internal sealed class BrokenRecordException(string what, int offset = 0, Exception? innerException = null) : FormatException(what, innerException)
{
    public int Offset => offset;
}

/// <summary>Records of a comma-separated file. Empty lines are blanks.</summary>
internal sealed class CsvRecordScanner : RecordScanner
{
    private readonly CsvScanner _cells = new();
    private bool _hasBegun;
    private int _columns = -1;

    public override bool TryFind(ReadOnlySpan<byte> unread, bool isLast, out FoundRecord found)
    {
        found = default;
        if (unread.Length is 0)
        {
            return false;
        }

        if (!_hasBegun)
        {
            _cells.Begin();
            _hasBegun = true;
        }

        if (!_cells.TryScan(unread, isLast))
        {
            return false;
        }

        _hasBegun = false;
        var record = unread.Slice(0, _cells.Length);
        if (_cells.Problem is { } problem)
        {
            throw new BrokenRecordException($"cannot be read: {problem}", _cells.Length);
        }

        if (record.Length > 0)
        {
            Check(record);
        }

        found = new(0, record.Length, record.Length + _cells.LineEndLength);
        return true;
    }

    private void Check(ReadOnlySpan<byte> record)
    {
        if (_columns < 0)
        {
            CsvDelimiter.Check(_cells, record);
            _columns = _cells.Count;
        }
        else if (_cells.Count > _columns && _cells.FindBeyond(_columns, record) is >= 0 and var beyond)
        {
            throw new BrokenRecordException(
                $"has {_cells.Count} values under {_columns} columns: put values with commas in quotes, or name the columns that are missing",
                _cells[beyond].RawStart);
        }
    }
}

/// <summary>The elements of one JSON array, without buffering the whole array.</summary>
internal sealed class JsonRecordScanner : RecordScanner
{
    // The array around the rows is one more level.
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = JsonRow.MaxDepth + 1 });
    private bool _isInArray;
    private int _scanned;
    private int _begin;

    public override bool TryFind(ReadOnlySpan<byte> unread, bool isLast, out FoundRecord found)
    {
        var reader = new Utf8JsonReader(unread.Slice(_scanned), isLast, _state);
        try
        {
            while (reader.Read())
            {
                if (IsElementEnd(ref reader))
                {
                    var end = _scanned + (int)reader.BytesConsumed;
                    found = new(_begin, end - _begin, end);
                    _state = reader.CurrentState;
                    _scanned = 0;
                    return true;
                }
            }
        }
        catch (JsonException e)
        {
            throw new BrokenRecordException(JsonRow.NotValid, _scanned + (int)reader.BytesConsumed, e);
        }

        _scanned += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        found = default;
        return false;
    }

    private bool IsElementEnd(ref Utf8JsonReader reader)
    {
        var isStart = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
        if (!_isInArray)
        {
            _isInArray = reader.TokenType is JsonTokenType.StartArray
                ? true
                : throw new BrokenRecordException("is not an array: a .json file holds one array of objects");
            return false;
        }

        if (reader.CurrentDepth is not 1)
        {
            return false;
        }

        var isEnd = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
        _begin = isEnd ? _begin : _scanned + (int)reader.TokenStartIndex;
        return !isStart;
    }
}

/// <summary>Lines; those with only white space are blanks.</summary>
internal sealed class LineScanner : RecordScanner
{
    private int _scanned;

    public override bool TryFind(ReadOnlySpan<byte> unread, bool isLast, out FoundRecord found)
    {
        var end = unread.Slice(_scanned).IndexOf((byte)'\n');
        if (end < 0 && !(isLast && unread.Length > 0))
        {
            _scanned = unread.Length;
            found = default;
            return false;
        }

        var line = unread.Slice(0, end < 0 ? unread.Length : _scanned + end);
        _scanned = 0;
        var trimmed = WhiteSpace.WithoutLeading(line);
        found = new(line.Length - trimmed.Length, WhiteSpace.WithoutTrailing(trimmed).Length, end < 0 ? line.Length : line.Length + 1);
        return true;
    }
}

/// <summary>Recognizes a header that is separated by something other than commas.</summary>
internal static class CsvDelimiter
{
    private static ReadOnlySpan<byte> Others => ";\t|"u8;

    /// <exception cref="BrokenRecordException">The header is separated by something else.</exception>
    public static void Check(CsvScanner header, ReadOnlySpan<byte> record)
    {
        var first = header[0].In(record);
        if (first.Length is 4 or 5 && header.Count <= 2 && (first.StartsWith("sep="u8) || first.StartsWith("SEP="u8) || first.StartsWith("Sep="u8)))
        {
            throw new BrokenRecordException("is Excel's 'sep=' line, which the service would take for the header: remove it");
        }

        foreach (var other in Others)
        {
            if (IsInEveryCell(header, record, other))
            {
                throw new BrokenRecordException(
                    $"is separated by {Name(other)}: the service reads comma-separated values, so save the file with commas. "
                    + "Put a name that contains one in quotes");
            }
        }
    }

    // Text in quotes is part of a name.
    private static bool IsInEveryCell(CsvScanner header, ReadOnlySpan<byte> record, byte character)
    {
        foreach (var cell in header.Cells)
        {
            if (cell.IsQuoted || cell.In(record).IndexOf(character) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string Name(byte delimiter) => delimiter switch
    {
        (byte)';' => "semicolons",
        (byte)'\t' => "tabs",
        _ => "vertical bars",
    };
}
