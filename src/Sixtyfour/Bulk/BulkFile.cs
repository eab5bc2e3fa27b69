using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Bulk;

namespace Sixtyfour;

/// <summary>
/// The rows to research: a file, a stream, or rows of your own type. One submission takes up to 100 MB (100,000,000 bytes) and 100,000 rows of <c>.csv</c>,
/// <c>.json</c>, <c>.jsonl</c> or <c>.ndjson</c> (vendor's bulk page); a run takes any number and splits them.
/// </summary>
/// <remarks>
/// Rows are streamed and never held in memory all at once. A CSV file is UTF-8, separated by commas, with a header; a <c>.json</c> file holds one array of
/// objects. What can be read only once is written to a temporary file that only this user can read, so that every attempt sends the same bytes.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class BulkFile
{
    private BulkFile(BulkSource source) => Source = source;

    internal BulkSource Source { get; }

    /// <summary>
    /// A file on disk, sent just as it is. It must not change before it has been sent: a file that does is not accepted
    /// (<see cref="BulkInputChangedException"/>).
    /// </summary>
    /// <param name="path">Its path. Its name without the folder goes to the service. Read when a call uses it.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank, or ends in none of the four file types.</exception>
    public static BulkFile FromPath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(new PathSource(path));
    }

    /// <summary>A stream, from its position to its end. You dispose it, and it must stay open until the call has ended.</summary>
    /// <remarks>
    /// A seekable stream is read in place. Any other is written to a temporary file by the first estimate or submission, which lives as long as this object; a
    /// run reads it directly, once.
    /// </remarks>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">Its name; the extension tells the file type.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="fileName"/> is blank or ends in none of the four file types, or the stream cannot be read.
    /// </exception>
    public static BulkFile FromStream(Stream stream, string fileName)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read: it is closed, or for writing only.", nameof(stream));
        }

        var name = Path.GetFileName(fileName);
        return new(stream.CanSeek ? new SeekableSource(stream, name) : new ForwardOnlySource(stream, name));
    }

    /// <summary>Rows of your own type, each sent as a JSON object. Every call that takes this object enumerates them again, including an estimate.</summary>
    /// <typeparam name="T">Its JSON names become the columns.</typeparam>
    /// <param name="rows">The rows; in the same order every time if a run may have to be continued.</param>
    /// <param name="typeInfo">The JSON contract, used just as it is; null takes the one from <see cref="SixtyfourClientOptions.TypeInfoResolver"/>.</param>
    public static BulkFile FromRows<T>(IEnumerable<T> rows, JsonTypeInfo<T>? typeInfo = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(new RowsSource<T>(new SynchronousRows<T>(rows), typeInfo));
    }

    /// <inheritdoc cref="FromRows{T}(IEnumerable{T}, JsonTypeInfo{T})"/>
    public static BulkFile FromRows<T>(IAsyncEnumerable<T> rows, JsonTypeInfo<T>? typeInfo = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(new RowsSource<T>(rows, typeInfo));
    }

    /// <summary>Names the file type; never a path or a value.</summary>
    public override string ToString() => $"{nameof(BulkFile)} ({Source.Format})";
}
