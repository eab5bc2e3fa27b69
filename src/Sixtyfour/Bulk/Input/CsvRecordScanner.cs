namespace Sixtyfour.Bulk;

/// <summary>
/// Records of a comma-separated file (RFC 4180). A quote counts at the beginning of a value only; elsewhere it is a character like any other, as the usual
/// readers have it. Lines without a character are blanks.
/// </summary>
internal sealed class CsvRecordScanner : RecordScanner
{
    private Place _place = Place.BeforeValue;
    private int _looked;
    private bool _needsMore;

    private enum Place
    {
        BeforeValue,
        InValue,
        InQuotes,
        AfterQuote,
    }

    public override bool TryFind(ReadOnlySpan<byte> unread, bool isLast, out FoundRecord found)
    {
        while (_looked < unread.Length)
        {
            switch (_place)
            {
                case Place.BeforeValue when unread[_looked] is (byte)'"':
                    _place = Place.InQuotes;
                    _looked++;
                    break;
                case Place.BeforeValue:
                    _place = Place.InValue;
                    break;
                case Place.InQuotes:
                    SkipTo(unread, unread.Slice(_looked).IndexOf((byte)'"'), Place.AfterQuote);
                    break;
                case Place.AfterQuote when unread[_looked] is (byte)'"':
                    _place = Place.InQuotes;
                    _looked++;
                    break;
                case Place.AfterQuote:
                    _place = Place.InValue;
                    break;
                case Place.InValue when TryEndValue(unread, isLast, out var consumed):
                    found = End(_looked, consumed);
                    return true;
                case Place.InValue when _needsMore:
                    _needsMore = false;
                    found = default;
                    return false;
            }
        }

        if (!isLast || unread.Length is 0)
        {
            found = default;
            return false;
        }

        found = _place is Place.InQuotes ? throw Broken("begins a quoted value that is never closed") : End(unread.Length, unread.Length);
        return true;
    }

    // Stands at the end of a value or of the record afterwards. A carriage return may be half of a line end.
    private bool TryEndValue(ReadOnlySpan<byte> unread, bool isLast, out int consumed)
    {
        consumed = 0;
        var stop = unread.Slice(_looked).IndexOfAny((byte)',', (byte)'\r', (byte)'\n');
        if (stop < 0)
        {
            _looked = unread.Length;
            return false;
        }

        _looked += stop;
        if (unread[_looked] is (byte)',')
        {
            _looked++;
            _place = Place.BeforeValue;
            return false;
        }

        var next = _looked + 1;
        if (unread[_looked] is (byte)'\r' && next == unread.Length && !isLast)
        {
            _needsMore = true;
            return false;
        }

        consumed = unread[_looked] is (byte)'\r' && next < unread.Length && unread[next] is (byte)'\n' ? next + 1 : next;
        return true;
    }

    private void SkipTo(ReadOnlySpan<byte> unread, int stop, Place place)
    {
        _looked = stop < 0 ? unread.Length : _looked + stop + 1;
        _place = stop < 0 ? _place : place;
    }

    private FoundRecord End(int length, int consumed)
    {
        _place = Place.BeforeValue;
        _looked = 0;
        return new(0, length, consumed);
    }
}
