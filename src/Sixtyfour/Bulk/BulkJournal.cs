using Sixtyfour.Bulk;

namespace Sixtyfour;

/// <summary>
/// Where a run stores what must survive a crash: which rows went into which file, under which idempotency key, and which job resulted. It holds ids, keys,
/// hashes and amounts, and no value of any row. Losing it means losing the protection against paying twice.
/// </summary>
/// <remarks>
/// Usually <see cref="AtPath"/> is enough. A journal of your own, for example in a database, keeps the lines of one run in the order they were appended, and
/// returns them whole: a line that was not stored completely must not be returned. Only one run may use it at a time.
/// </remarks>
public abstract class BulkJournal
{
    /// <summary>A journal in a file: each line is on disk before the run goes on. A line that a crash has cut off is dropped.</summary>
    /// <param name="path">Its path; created with the first line. While a run uses it, nothing else can open it.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    public static BulkJournal AtPath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new JournalFile(path);
    }

    /// <summary>All lines, in the order they were appended. Called once, when a run begins.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public abstract IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a line. When it returns, the line must survive a crash of the process and of the machine.</summary>
    /// <param name="line">JSON in one line.</param>
    /// <param name="cancellationToken">Ends the appending; the run passes a token that is never canceled.</param>
    public abstract Task AppendAsync(string line, CancellationToken cancellationToken);

    /// <summary>Locks the journal until the result is disposed.</summary>
    internal virtual IDisposable? Open() => null;
}
