namespace Sixtyfour.Bulk;

/// <summary>Lines; those of white space alone are blanks.</summary>
internal sealed class LineScanner : RecordScanner
{
    private int _looked;

    public override bool TryFind(ReadOnlySpan<byte> unread, bool isLast, out FoundRecord found)
    {
        var end = unread.Slice(_looked).IndexOf((byte)'\n');
        if (end < 0 && !(isLast && unread.Length > 0))
        {
            _looked = unread.Length;
            found = default;
            return false;
        }

        var line = unread.Slice(0, end < 0 ? unread.Length : _looked + end);
        _looked = 0;
        var trimmed = WhiteSpace.WithoutLeading(line);
        found = new(line.Length - trimmed.Length, WhiteSpace.WithoutTrailing(trimmed).Length, end < 0 ? line.Length : line.Length + 1);
        return true;
    }
}
