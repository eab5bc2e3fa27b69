namespace Sixtyfour.Bulk;

/// <summary>Finds where records begin and end. It remembers how far it has looked, so that a record that comes in pieces is looked at once.</summary>
internal abstract class RecordScanner
{
    /// <summary>Looks for the next record at the beginning of what is unread.</summary>
    /// <param name="unread">The same bytes as before, or more of them, as long as nothing was found.</param>
    /// <param name="isLast">Nothing follows.</param>
    /// <param name="found">Where the record lies, and how much to leave behind; also for a blank, which is no record.</param>
    public abstract bool TryFind(ReadOnlySpan<byte> unread, bool isLast, out FoundRecord found);

    protected static FormatException Broken(string what) => new(what);
}

/// <param name="Begin">The first byte of the record.</param>
/// <param name="Length">How many bytes it has; 0 for a blank.</param>
/// <param name="Consumed">How many bytes to leave behind, what separates records included.</param>
internal readonly record struct FoundRecord(int Begin, int Length, int Consumed);
